import { writeSync } from 'node:fs';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

const STDOUT = 1;

/**
 * Ends the output with `N passed, N failed` on a line of its own. Whatever keeps tests from running (a file
 * that does not load, a hook that throws, an unhandled error, an interrupted run) counts as a failure.
 */
export default class CountedReporter implements Reporter {
  #passed = 0;
  #failed = 0;

  onInit(): void {
    // Until a run has ended, the honest result is that it did not.
    this.#failed = 1;
    // Other reporters and tear-down still print after the last test, so the line waits for the very end.
    process.once('exit', () => writeSync(STDOUT, `${this.#passed} passed, ${this.#failed} failed\n`));
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    this.#passed = 0;
    this.#failed = unhandledErrors.length;
    for (const module of modules) this.#count(module);
    if (reason === 'interrupted' || (reason === 'failed' && this.#failed === 0)) this.#failed += 1;
  }

  #count(module: TestModule): void {
    this.#failed += module.errors().length;
    for (const suite of module.children.allSuites()) this.#failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') this.#passed += 1;
      if (state === 'failed') this.#failed += 1;
    }
  }
}
