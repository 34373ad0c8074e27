import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkAgainstSchema } from './schema.js';

/**
 * Stands between somebody else's suite and the simulator, and holds every JSON answer of the data API against Intuit's
 * schema: `COUNTERFOIL_FIXTURES=folder npx tsx test/simulator/schema-proxy.ts http://127.0.0.1:8090`. Tells at the end,
 * on SIGTERM or Ctrl-C, how many answers it saw; exits with 1 when one was not as Intuit's.
 */
const [target = ''] = process.argv.slice(2);
if (!URL.canParse(target)) throw new Error('Say where the simulator is, as in http://127.0.0.1:8090.');
if (process.env['COUNTERFOIL_FIXTURES'] === undefined) throw new Error('Set COUNTERFOIL_FIXTURES.');

let answers = 0;
const violations: string[] = [];

function check(path: string, type: string | null, body: string): void {
  if (!path.startsWith('/v3/') || type?.includes('json') !== true || body === '') return;
  answers += 1;
  try {
    checkAgainstSchema(JSON.parse(body) as Record<string, unknown>);
  } catch (error) {
    violations.push(`${path}: ${String(error)}`);
  }
}

const proxy = createServer((request, response) => {
  const forward = async (): Promise<void> => {
    const path = request.url ?? '/';
    const chunks = (await request.toArray()) as Buffer[];
    const {
      host: _host,
      connection: _connection,
      'transfer-encoding': _encoding,
      ...headers
    } = request.headers;
    const answer = await fetch(target + path, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      redirect: 'manual',
    });
    const body = Buffer.from(await answer.arrayBuffer());
    check(path, answer.headers.get('content-type'), body.toString('utf8'));
    // The body comes unpacked.
    const kept = [...answer.headers].filter(
      ([name]) => !/^(content-(encoding|length)|connection)$/.test(name),
    );
    response.writeHead(answer.status, Object.fromEntries(kept)).end(body);
  };
  forward().catch((error: unknown) => {
    response.destroy(error as Error);
  });
});

proxy.listen(0, '127.0.0.1');
await once(proxy, 'listening');
console.log(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);

const tell = (): void => {
  for (const violation of violations) console.error(violation.slice(0, 1000));
  console.log(`${answers} answers, ${violations.length} not as Intuit's`);
  process.exit(violations.length === 0 ? 0 : 1);
};
process.once('SIGTERM', tell);
process.once('SIGINT', tell);
