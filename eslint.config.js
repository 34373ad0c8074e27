import tseslint from 'typescript-eslint';
import { importLaw } from './import-law.js';

export default tseslint.config(
  { ignores: ['dist', 'coverage', '.counterfoil', 'node_modules'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'docker/*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { counterfoil: { rules: { 'import-law': importLaw } } },
    rules: {
      'counterfoil/import-law': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Numbers in messages are this project's daily bread; the rule would demand String() around each.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `while (true)` is how a workflow's loop reads.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // `() => void` callbacks in arrow form are our style.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `{ left, ...rest }` is the shortest way to leave a property out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
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
  {
    files: ['src/workflows/**/*.ts', 'src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'setTimeout', 'setInterval', 'Buffer', 'fetch', 'performance', 'crypto'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Not deterministic on replay.' },
        { object: 'Date', property: 'now', message: 'Pass the instant in: pure code has no clock.' },
      ],
    },
  },
  {
    // In a workflow Temporal gives `new Date()` the instant of its task, the same on every replay.
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pass the instant in: pure code has no clock.',
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'test/**/*.ts'],
    rules: {
      // A script's output is its console, and a test may show what it waits for.
      'no-console': 'off',
      // A `describe` is one function, however many cases it tells.
      'max-lines-per-function': 'off',
      // A test that is wrong about presence must fail there, loudly; a guard would hide it.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // vitest's matchers within matchers, such as `expect.stringContaining`, are typed `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // The one reader of the environment, and what is not part of the product.
    files: ['src/config.ts', 'scripts/**/*.ts', 'test/**/*.ts', 'vitest.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // Plain JavaScript has no types to check by.
  { files: ['*.js', 'docker/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
