export { company, mend } from '../../src/workflows/index.js';

/** What a bad deploy may bring: an error that nobody meant, which fails the task and not the bill. */
export function bill(): Promise<void> {
  return Promise.reject(new Error('This code was never tried.'));
}
