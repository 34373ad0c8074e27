import { inject } from 'vitest';
import { createDatabase } from './template-database.js';

export interface TestDatabase {
  url: string;
  /** Also while connections are open. */
  drop(): Promise<void>;
}

/** An empty database with the newest schema, for one test or one file of tests. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject('postgres');
  return createDatabase(url, 'test', template);
}
