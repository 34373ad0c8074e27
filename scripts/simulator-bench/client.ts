import { Agent, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** One connection that is kept open, and one call at a time. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  send(method: 'GET' | 'POST', path: string, body = ''): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = { ...this.headers, 'content-length': Buffer.byteLength(body) };
      const call = request(this.url + path, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
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

  close(): void {
    this.agent.destroy();
  }
}
