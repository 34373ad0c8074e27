import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that shows itself only when asked: neither JSON, nor a template, nor the console prints it. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
