import { live, postedAs, type DocumentKey, type Documents, type PostedDocument } from '../document.js';
import type { Intent } from '../intent.js';

export interface Own<I extends Intent> {
  key: DocumentKey;
  posted: PostedDocument<I>;
}

/** A bill's own documents of one kind that are in the books; what it has put aside is not among them. */
export const documentsOf = <I extends Intent>(
  documents: Documents,
  billId: string,
  document: I['document'],
): Own<I>[] =>
  Object.keys(documents).flatMap((key) => {
    const posted = key.startsWith(`bill/${billId}/`) ? live(postedAs<I>(documents, key)) : undefined;
    return posted?.intent.document === document ? [{ key, posted }] : [];
  });
