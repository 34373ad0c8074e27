import tseslint from 'typescript-eslint';

// The import law (ARCHITECTURE.md): each folder of src/ and what it may import, with the reason a person is shown.
const forbid = (groups, message) => ({ group: groups, message });
const folders = (names) => names.flatMap((name) => [`**/${name}/**`, `**/${name}.js`]);

const PURE = 'domain/ imports nothing, so that workflows, console and tests can all run it.';
const DETERMINISTIC = 'A workflow is replayed: it may import domain/, messages and activity *types* only.';
const NO_RETRY = 'qbo/ knows QuickBooks and the domain, nothing of storage or orchestration.';
const STANDALONE = 'simulator/ shares no code with the rest, or a wrong mapping would confirm itself.';
const STORAGE = 'db/ knows the domain and Postgres; who calls it decides about transactions.';
const EDGE = 'http/ imports domain, db, messages, the client and qbo/webhook: orchestration stays in workflows.';

const law = (folder, patterns) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

export default tseslint.config(
  { ignores: ['dist', 'coverage', '.counterfoil', 'node_modules'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Numbers in messages are this project's daily bread; the rule would demand String() around each.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `while (true)` is how a workflow's loop reads.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A loop over an empty iterable reads better than a guard; void callbacks in arrow form are our style.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' },
      ],
      eqeqeq: 'error',
    },
  },
  law('domain', [forbid(['*', '!./**', '!../domain/**', '!../money.js', '!../*.js'], PURE)]),
  law('workflows', [
    forbid([...folders(['db', 'qbo', 'http', 'simulator']), 'node:*', 'pg', 'kysely', 'zod'], DETERMINISTIC),
    { group: ['**/activities/**'], allowTypeImports: true, message: DETERMINISTIC },
  ]),
  law('qbo', [forbid(folders(['db', 'http', 'simulator', 'workflows', 'activities']), NO_RETRY)]),
  law('db', [forbid(folders(['qbo', 'http', 'simulator', 'workflows', 'activities']), STORAGE)]),
  law('http', [forbid(folders(['simulator', 'activities']), EDGE)]),
  law('simulator', [
    forbid([...folders(['db', 'qbo', 'http', 'workflows', 'activities', 'domain', 'snapshot']), '@temporalio/*'], STANDALONE),
  ]),
  {
    files: ['src/workflows/**/*.ts', 'src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'Buffer', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Not deterministic on replay.' },
        { object: 'Date', property: 'now', message: 'Pass the instant in: pure code has no clock.' },
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'test/**/*.ts'],
    rules: {
      'no-console': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/config.ts', 'scripts/**/*.ts', 'test/**/*.ts', 'vitest.config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
