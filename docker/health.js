// Health check of a container: node docker/health.js <url> [text that the answer must hold]
const TIMEOUT_MS = 4000;

const [url = '', wanted = ''] = process.argv.slice(2);
const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
const isHealthy = response.ok && (await response.text()).includes(wanted);
process.exitCode = isHealthy ? 0 : 1;
