import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { imports, Project } from '../tidy/project.js';
import { readText, ROOT } from './compose.js';

/** The files that `npm run build` makes, by their source: those that tsconfig.build.json names and what they import. */
export function shippedFiles(): string[] {
  const root = fileURLToPath(ROOT);
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = new Set(fileNames.map((file) => file.slice(root.length)));
  // A set hands out what is added while it is walked.
  for (const file of files) for (const next of importedFiles(file)) files.add(next);
  return [...files];
}

/** Packages that the file imports. */
export const importedPackages = (file: string): string[] =>
  specifiers(file).flatMap((specifier) => {
    const name = /^(@[^/]+\/[^/]+|[^./][^/]*)/.exec(specifier)?.[0];
    return name === undefined || name.startsWith('node:') ? [] : [name];
  });

const importedFiles = (file: string): string[] =>
  specifiers(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(file, '..', specifier)).replace(/\.js$/, '.ts'))
    .filter((path) => existsSync(new URL(path, ROOT)));

const specifiers = (file: string): string[] =>
  new Project(new Map([[file, readText(file)]]))
    .sources(/./)
    .flatMap(imports)
    .map(({ specifier }) => specifier);
