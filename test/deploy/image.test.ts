import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importedPackages, shippedFiles } from './build.js';
import { readText, ROOT } from './compose.js';

const dockerfile = readText('Dockerfile').replaceAll('\\\n', ' ');
const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
const copied = lines.flatMap((line) => {
  const [, from, paths = ''] = /^COPY (--from=\S+ )?(.*)$/.exec(line) ?? [];
  return from === undefined ? paths.split(' ').slice(0, -1).filter(Boolean) : [];
});

describe('the image', () => {
  test('is of a pinned Node on glibc', () => {
    expect(lines.filter((line) => line.startsWith('ARG NODE_IMAGE'))).toEqual([
      expect.stringMatching(/^ARG NODE_IMAGE=node:2[024]\.\d+\.\d+-bookworm-slim$/),
    ]);
    const stages = lines.filter((line) => line.startsWith('FROM '));
    for (const stage of stages) expect(stage).toMatch(/^FROM \$\{NODE_IMAGE\}( AS \w+)?$/);
  });

  test('runs as somebody other than root, and says how it is', () => {
    expect(lastStage.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(lastStage.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });

  test('is made of files that exist and are let into the build', () => {
    const allowed = readText('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    for (const path of copied) {
      expect(existsSync(new URL(path, ROOT)), path).toBe(true);
      expect(allowed).toContain(`!${path}`);
    }
    expect(copied.length).toBeGreaterThan(5);
  });

  test('holds no package that only development needs, and needs none', () => {
    const manifest = JSON.parse(readText('package.json')) as { dependencies: Record<string, string> };
    const files = shippedFiles();
    const packages = new Set(files.flatMap(importedPackages));
    expect(files).toContain('scripts/migrate.ts');
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining([...packages]));
    expect(dockerfile).toContain('npm ci --omit=dev');
  });
});
