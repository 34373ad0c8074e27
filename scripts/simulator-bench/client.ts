import { Client as Connection } from 'undici';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** One connection that is kept open, and one call at a time. */
export class Client {
  private readonly connection: Connection;

  constructor(
    url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {
    this.connection = new Connection(url, { pipelining: 1 });
  }

  async send(method: 'GET' | 'POST', path: string, body = ''): Promise<Reply> {
    const { statusCode, body: answer } = await this.connection.request({
      method,
      path,
      headers: this.headers,
      body,
    });
    return { status: statusCode, text: await answer.text() };
  }

  /** @throws Error unless the answer is a 200 */
  async json(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const { status, text } = await this.send(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
    );
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
