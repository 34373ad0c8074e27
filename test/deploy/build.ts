import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { ROOT } from './compose.js';

/** The files that `npm run build` makes, by their source, relative to the project: what it names and what those import. */
export function shippedFiles(): string[] {
  const root = fileURLToPath(ROOT);
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts
    .createProgram(fileNames, { ...options, noLib: true, types: [] })
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((file) => file.startsWith(root) && !file.includes('/node_modules/') && !file.endsWith('.d.ts'))
    .map((file) => file.slice(root.length));
}
