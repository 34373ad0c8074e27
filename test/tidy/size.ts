import { countCommentLines, type Source } from './project.js';
import type { Law } from './law.js';

const LONGEST = 400;
const MEDIAN = 90;
const NINE_IN_TEN = 250;
const COMMENT_PERCENT = [5, 20] as const;

/** The simulator stands for somebody else's program; it is counted apart. */
const PRODUCT = /^src\/(?!simulator\/)/;
const PRODUCT_TEST = /^test\/(?!simulator\/)/;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const lengths = (sources: readonly Source[]): number[] =>
  sources.map((source) => source.lines.length).sort((a, b) => a - b);
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const filesOf = (count: number, lines: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`src/file-${index}.ts`, 'f();\n'.repeat(lines)]),
  );

export const SIZE_LAWS: readonly Law[] = [
  {
    rule: `No file is longer than ${LONGEST} lines`,
    because: 'a file that fits into the head is read whole',
    instead: 'split it by noun, not by layer',
    find: (project) =>
      project
        .sources(/^(src|scripts|test)\//)
        .filter((source) => source.lines.length > LONGEST)
        .map((source) => `${source.path}: ${source.lines.length} lines`),
    broken: filesOf(1, LONGEST + 1),
  },
  {
    rule: `Half of the product's files have at most ${MEDIAN} lines, nine in ten at most ${NINE_IN_TEN}`,
    because: 'small files are found by their names',
    instead: 'give each noun its file',
    find(project) {
      const sorted = lengths(project.sources(PRODUCT));
      const [median, most] = [quantile(sorted, 0.5), quantile(sorted, 0.9)];
      return median <= MEDIAN && most <= NINE_IN_TEN ? [] : [`median ${median}, nine in ten ${most}`];
    },
    broken: filesOf(3, MEDIAN + 1),
  },
  {
    rule: `Between ${COMMENT_PERCENT[0]} and ${COMMENT_PERCENT[1]} percent of the product's lines are comments`,
    because: 'fewer leave the reasons out, and more repeat the code',
    instead: 'say why in a sentence, and let names say what',
    find(project) {
      const sources = project.sources(PRODUCT);
      const percent =
        (100 * sum(sources.map(countCommentLines))) / sum(sources.map((source) => source.lines.length));
      return percent >= COMMENT_PERCENT[0] && percent <= COMMENT_PERCENT[1]
        ? []
        : [`${percent.toFixed(1)} percent`];
    },
    broken: { 'src/bare.ts': `const text = \`\n// no comment\n\`;\n${'f();\n'.repeat(40)}` },
  },
  {
    rule: 'There is at least as much test as product, the simulator and its tests not counted',
    because: 'what is not tested is not known to work',
    instead: 'write the missing cases, edges and failures first',
    find(project) {
      const product = sum(lengths(project.sources(PRODUCT)));
      const test = sum(lengths(project.sources(PRODUCT_TEST)));
      return test >= product ? [] : [`${test} lines of test for ${product} lines of product`];
    },
    broken: {
      'src/bill.ts': 'f();\nf();\n',
      'test/bill.test.ts': 'f();\n',
      'test/simulator/bill.test.ts': 'f();\nf();\n',
    },
  },
];
