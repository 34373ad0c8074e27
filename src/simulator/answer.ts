/** What goes back over the wire: a value still to be written as JSON or XML, that value as JSON, or literal text. */
export interface Answer {
  readonly status: number;
  readonly value?: unknown;
  readonly json?: string;
  readonly literal?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
