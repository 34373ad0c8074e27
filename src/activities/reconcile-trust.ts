import { findCompany } from '../db/company.js';
import type { Database } from '../db/database.js';
import { findTrustAccount, hasClientAccounts } from '../db/trust-account.js';
import { listOwnTransactions } from '../db/trust-own.js';
import {
  lastAgreedOn,
  lastWholeDay,
  saveReconciliation,
  type ReconciliationRecord,
} from '../db/trust-reconciliation.js';
import {
  jurisdictionOf,
  dueOn,
  type Jurisdiction,
  type JurisdictionKey,
} from '../domain/trust/jurisdiction.js';
import type { BookedAccount, Books, Statement } from '../domain/trust/reconciliation/book.js';
import { reconcile, type Reconciliation } from '../domain/trust/reconciliation/reconcile.js';
import type { TrustAccount } from '../domain/trust-account.js';
import { callQbo, QboError, QboUnreachable, type QboRequest } from '../qbo/client.js';
import { CompanyDisconnectedError, OauthError } from '../qbo/oauth.js';
import {
  liabilitiesRequest,
  linesRequests,
  LinesReader,
  openingRequest,
  readOpening,
  readSubAccounts,
  ReportUnreadable,
} from '../qbo/trust-books.js';
import type { Deps } from './deps.js';

export interface ReconcileOrder {
  firmId: string;
  accountId: string;
  on?: string;
  statement?: Statement;
  jurisdiction: JurisdictionKey;
  by?: string;
}

export interface ReconcileAnswer {
  record: ReconciliationRecord;
  result: Reconciliation;
  jurisdiction: Jurisdiction;
  dueOn?: string;
  /** The newest earlier day that agreed. */
  lastAgreedOn?: string;
}

/** It cannot be done now, and a person or time has to change that. Says why in a sentence. */
export class CannotReconcile extends Error {
  override readonly name = 'CannotReconcile';
  /** For who asks over HTTP. */
  readonly statusCode = 409;
}

/** One answer of QuickBooks, read and no more. */
export type Ask = (firmId: string, request: QboRequest) => Promise<Record<string, unknown>>;
export type ReconcileTrust = (order: ReconcileOrder) => Promise<ReconcileAnswer>;

/** Compares bank, ledger and QuickBooks, and keeps what was found. Throws `CannotReconcile`. */
export function trustReconciler(db: Database, ask: Ask): ReconcileTrust {
  return async ({ firmId, accountId, on: asked, statement, jurisdiction, by }) => {
    const account = await findTrustAccount(db, firmId, accountId);
    if (!account) throw new CannotReconcile(`Firm "${firmId}" has no trust account "${accountId}".`);
    const on = asked ?? (await lastWholeDay(db));
    if (on < account.startOn) throw new CannotReconcile(`The account starts on ${account.startOn} only.`);
    const agreedOn = await lastAgreedOn(db, firmId, accountId);
    const readAt = new Date();
    const askFirm = (request: QboRequest) => ask(firmId, request);
    const booked = (await hasClientAccounts(db, firmId, account))
      ? { ...account, subAccountIds: await readBelow(askFirm, account) }
      : account;
    const books = await readBooks(askFirm, booked, on);
    const own = await listOwnTransactions(db, firmId, booked, readAt);
    const result = reconcile({ account, on, own, books, ...(statement && { statement }) });
    const record = await db.transaction().execute((tx) =>
      saveReconciliation(tx, {
        firmId,
        result,
        jurisdiction,
        ...(statement && { statement }),
        ...(by !== undefined && { by }),
      }),
    );
    const profile = jurisdictionOf(jurisdiction);
    const due = dueOn(profile, on);
    return {
      record,
      result,
      jurisdiction: profile,
      ...(due !== undefined && { dueOn: due }),
      ...(agreedOn !== undefined && { lastAgreedOn: agreedOn }),
    };
  };
}

/** Where clients have accounts of their own: those that we made, and what else a bookkeeper has put there. */
async function readBelow(
  ask: (request: QboRequest) => Promise<Record<string, unknown>>,
  account: TrustAccount,
): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; ; page += 1) {
    const { ids, isLast } = readSubAccounts(await ask(liabilitiesRequest(page)), account);
    found.push(...ids);
    if (isLast) return found;
  }
}

async function readBooks(
  ask: (request: QboRequest) => Promise<Record<string, unknown>>,
  account: BookedAccount,
  on: string,
): Promise<Books> {
  try {
    const opening = readOpening(await ask(openingRequest(account)), account);
    const lines = new LinesReader(account);
    for (const request of linesRequests(account, on)) lines.add(await ask(request), request);
    return { ...opening, ...lines.read() };
  } catch (error) {
    if (error instanceof ReportUnreadable) throw new CannotReconcile(error.message, { cause: error });
    throw error;
  }
}

/** Asks the firm's company; twice only when the token had expired. */
export function askCompany({ db, qbo, accessToken }: Pick<Deps, 'db' | 'qbo' | 'accessToken'>): Ask {
  return async (firmId, request) => {
    try {
      const realmId = (await findCompany(db, firmId))?.realm_id;
      if (realmId === undefined) throw new CannotReconcile('The firm is not connected to QuickBooks.');
      const call = async (rejected?: string): Promise<Record<string, unknown>> => {
        const token = await accessToken(firmId, realmId, rejected);
        try {
          return (await callQbo(qbo, { ...request, realmId, accessToken: token })).json;
        } catch (error) {
          const isExpired = error instanceof QboError && error.fault.httpStatus === 401;
          if (!isExpired || rejected !== undefined) throw error;
          return await call(token);
        }
      };
      return await call();
    } catch (error) {
      throw translated(error);
    }
  };
}

const NO_ANSWER = [QboError, QboUnreachable, OauthError, CompanyDisconnectedError];

const translated = (error: unknown): unknown =>
  NO_ANSWER.some((kind) => error instanceof kind)
    ? new CannotReconcile(`QuickBooks could not be read: ${(error as Error).message}`, { cause: error })
    : error;
