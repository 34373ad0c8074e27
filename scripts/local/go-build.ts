import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { withLock } from './lock.js';

const run = promisify(execFile);

/** Told, in a line each, what takes time. */
export type Progress = (line: string) => void;

export interface GoBuild {
  /** What progress and errors call it. */
  name: string;
  /** The folder with the committed go.mod and go.sum. */
  moduleDir: string;
  packagePath: string;
  /** Variables set by the linker, Go's `-X`. */
  linkerVariables?: Readonly<Record<string, string>>;
  /** Where the program is put; it appears there whole or not at all. */
  target: string;
  /** What a person without Go can do in its place. */
  alternative: string;
}

const LINES_OF_OUTPUT = 20;
const PACKAGES_PER_LINE = 100;

/** Builds `build.target` unless it exists by the time this process gets its turn. */
export async function buildWithGo(build: GoBuild, progress: Progress): Promise<void> {
  await withLock(
    `${build.target}.lock`,
    async () => {
      if (isExecutable(build.target)) return;
      await assertGo(build);
      progress(`Building ${build.name} with Go, once; this takes some minutes.`);
      const packages = await countPackages(build);
      await compile(build, packages, progress);
      progress(`Built ${build.name}.`);
    },
    () => progress(`Another process is building ${build.name}; waiting for it.`),
  );
}

async function assertGo(build: GoBuild): Promise<void> {
  try {
    // Inside the module, so that a Go that is too old, and may not fetch a newer one, refuses here.
    await run('go', ['version'], { cwd: build.moduleDir });
    await run('go', ['mod', 'edit', '-json'], { cwd: build.moduleDir });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    const why = code === 'ENOENT' ? 'Go is not installed' : `Go refused: ${(stderr ?? String(error)).trim()}`;
    throw new Error(`${build.name} was not found and could not be built: ${why}. ${build.alternative}`, {
      cause: error,
    });
  }
}

/** How many packages there are to compile, fetching their modules on the way. */
async function countPackages(build: GoBuild): Promise<number> {
  const { stdout } = await run('go', ['list', '-deps', build.packagePath], {
    cwd: build.moduleDir,
    env: buildEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim().split('\n').length;
}

async function compile(build: GoBuild, packages: number, progress: Progress): Promise<void> {
  mkdirSync(dirname(build.target), { recursive: true });
  const unfinished = `${build.target}.${process.pid}.unfinished`;
  const variables = Object.entries(build.linkerVariables ?? {}).map(
    ([name, value]) => ` -X ${name}=${value}`,
  );
  const flags = ['-trimpath', '-buildvcs=false', '-v', '-ldflags', `-s -w${variables.join('')}`];
  const child = spawn('go', ['build', ...flags, '-o', unfinished, build.packagePath], {
    cwd: build.moduleDir,
    env: buildEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const tail: string[] = [];
  let compiled = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    tail.push(line);
    if (tail.length > LINES_OF_OUTPUT) tail.shift();
    compiled += 1;
    if (compiled % PACKAGES_PER_LINE === 0)
      progress(`${build.name}: ${compiled} of ${packages} packages compiled`);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error(
      `${build.name} could not be built (go build: ${code}). ${build.alternative}\n${tail.join('\n')}`,
    );
  }
  renameSync(unfinished, build.target);
}

function buildEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, CGO_ENABLED: '0' };
}

/** True for a program that this account may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
