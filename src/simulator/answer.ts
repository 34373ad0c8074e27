/** What goes back over the wire: either a value still to be written as JSON or XML, or literal text. */
export interface Answer {
  readonly status: number;
  readonly value?: unknown;
  readonly literal?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
