import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellChanges } from './change.js';
import { Company } from './company.js';
import { tellFaults } from './fault.js';
import { tellLocks } from './lock.js';
import { tellNumbers } from './number.js';
import { tellPayments } from './payment.js';
import { tellQueries } from './query.js';
import { targets } from './target.js';
import { tellWrites } from './write.js';

/**
 * Facts of QuickBooks Online, one by one. The simulator must keep all of them; where a sandbox's credentials are in the
 * environment, Intuit's own service is asked the same, and a failure there says where we are wrong.
 */
describe.each(targets())('%s', (name, open) => {
  let company: Company;

  beforeAll(async () => {
    company = new Company(await open());
    await company.connect();
  });

  afterAll(async () => {
    const left = await company.tidy();
    await company.target.close();
    for (const { question, ours, theirs } of name === 'sandbox' ? company.ways : []) {
      console.log(`${theirs === ours ? 'as we do ' : 'OTHERWISE'} | ${question} | ${theirs} | ours: ${ours}`);
    }
    expect(left).toEqual([]);
  });

  const current = (): Company => company;
  describe('writes', () => tellWrites(current));
  describe('payments and credits', () => tellPayments(current));
  describe('numbers and request ids', () => tellNumbers(current));
  describe('locks', () => tellLocks(current));
  describe('queries', () => tellQueries(current));
  describe('changes and batches', () => tellChanges(current));
  describe('faults', () => tellFaults(current));

  it('was asked what is not known for sure', () => {
    expect(company.ways.length).toBeGreaterThan(20);
  });
});
