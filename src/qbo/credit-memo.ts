import type { CreditMemoIntent } from '../domain/intent.js';
import type { Mapping } from './mapping.js';
import { salesForm } from './sales-form.js';

export const creditMemo: Mapping<CreditMemoIntent> = {
  entity: 'CreditMemo',
  ...salesForm('CreditMemo', 'credit memo'),
};
