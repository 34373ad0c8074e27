import type { AggregateRef } from './aggregate.js';

/** The one QuickBooks company of a firm, as an aggregate: what stops all of it is parked here, once. */
export const companyRef = (firmId: string): AggregateRef => ({ firmId, type: 'company', id: firmId });

/** What a waiter behind a company-wide fault is registered under. */
export const companyCause = 'company';
