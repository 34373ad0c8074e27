/** The tables by which client money is proved, as far as our own statements use them. */

/** Written by triggers alone. */
export interface TrustJournalTable {
  firm_id: string;
  seq: number;
  at: string;
  kind: string;
  /** The transaction, document or account that it tells of. */
  subject: string;
  body: string;
  previous_hash: string;
  hash: string;
}

export interface TrustJournalHeadTable {
  firm_id: string;
  seq: number;
  hash: string;
}
