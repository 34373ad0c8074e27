import type { Fields } from '../../../src/simulator/fields.js';

/** Cents by account, and by name where the account is receivable or payable. */
export interface Side {
  readonly accountId: string;
  readonly cents: number;
  readonly nameId?: string;
}

export interface Chart {
  readonly receivable: string;
  readonly payable: string;
  readonly undeposited: string;
  /** The income account by item, and the type by account. */
  readonly incomeOf: (itemId: string) => string;
  readonly typeOf: (accountId: string) => string;
  /** A transaction as a reader sees it. */
  readonly read: (entity: string, id: string) => Fields | undefined;
}

export const toCents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
export const refOf = (holder: unknown, property: string): string | undefined =>
  ((holder as Fields | undefined)?.[property] as Fields | undefined)?.['value'] as string | undefined;
export const linesOf = (fields: Fields): Fields[] => (fields['Line'] ?? []) as Fields[];

export interface Used {
  readonly entity: string;
  readonly id: string;
  readonly cents: number;
}

/** What the lines of a transaction use of others. */
export function usedBy(fields: Fields): Used[] {
  return linesOf(fields).flatMap((line) =>
    ((line['LinkedTxn'] ?? []) as Fields[]).map((linked) => ({
      entity: String(linked['TxnType']),
      id: String(linked['TxnId']),
      cents: toCents(line['Amount']),
    })),
  );
}

function saleSides(chart: Chart, fields: Fields, sign: 1 | -1): Side[] {
  return linesOf(fields).flatMap((line): Side[] => {
    const detail = line[String(line['DetailType'])] as Fields;
    const amount = toCents(line['Amount']);
    if (line['DetailType'] === 'SalesItemLineDetail')
      return [{ accountId: chart.incomeOf(refOf(detail, 'ItemRef') ?? ''), cents: -sign * amount }];
    if (line['DetailType'] !== 'DiscountLineDetail') return [];
    return [{ accountId: refOf(detail, 'DiscountAccountRef') ?? 'discount', cents: sign * amount }];
  });
}

function expenseSides(fields: Fields, sign: 1 | -1): Side[] {
  return linesOf(fields).map((line) => ({
    accountId: refOf(line['AccountBasedExpenseLineDetail'], 'AccountRef') ?? '',
    cents: sign * toCents(line['Amount']),
  }));
}

function journalSides(chart: Chart, fields: Fields): Side[] {
  return linesOf(fields).map((line) => {
    const detail = line['JournalEntryLineDetail'] as Fields;
    const sign = detail['PostingType'] === 'Debit' ? 1 : -1;
    const accountId = refOf(detail, 'AccountRef') ?? '';
    const nameId = refOf(detail['Entity'], 'EntityRef');
    const isOwed = chart.typeOf(accountId).startsWith('Accounts ');
    const side = { accountId, cents: sign * toCents(line['Amount']) };
    return isOwed && nameId !== undefined ? { ...side, nameId } : side;
  });
}

/** Money goes to what each line pays and what is left to the payer; credits that are used work the other way. */
function paymentSides(chart: Chart, fields: Fields): Side[] {
  const payer = refOf(fields, 'CustomerRef') ?? '';
  let rest = toCents(fields['TotalAmt']);
  const sides: Side[] = [{ accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: rest }];
  for (const used of usedBy(fields)) {
    const target = chart.read(used.entity, used.id);
    const cents = used.entity === 'CreditMemo' ? used.cents : -used.cents;
    sides.push({
      accountId: chart.receivable,
      nameId: refOf(target, 'CustomerRef') ?? payer,
      cents,
    });
    rest += cents;
  }
  return [...sides, { accountId: chart.receivable, nameId: payer, cents: -rest }];
}

function depositSides(chart: Chart, fields: Fields): Side[] {
  const sources = linesOf(fields).map((line): Side => {
    const [linked] = (line['LinkedTxn'] ?? []) as Fields[];
    const source = linked && chart.read(String(linked['TxnType']), String(linked['TxnId']));
    const accountId = linked
      ? (refOf(source, 'DepositToAccountRef') ?? chart.undeposited)
      : (refOf(line['DepositLineDetail'], 'AccountRef') ?? '');
    return { accountId, cents: -toCents(line['Amount']) };
  });
  return [
    { accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: toCents(fields['TotalAmt']) },
    ...sources,
  ];
}

const SIDES: Readonly<Record<string, (chart: Chart, fields: Fields) => Side[]>> = {
  // What was paid in advance never becomes owed.
  Invoice: (chart, fields) => [
    {
      accountId: chart.receivable,
      nameId: refOf(fields, 'CustomerRef') ?? '',
      cents: toCents(fields['TotalAmt']) - toCents(fields['Deposit']),
    },
    {
      accountId: refOf(fields, 'DepositToAccountRef') ?? chart.undeposited,
      cents: toCents(fields['Deposit']),
    },
    ...saleSides(chart, fields, 1),
  ],
  CreditMemo: (chart, fields) => [
    {
      accountId: chart.receivable,
      nameId: refOf(fields, 'CustomerRef') ?? '',
      cents: -toCents(fields['TotalAmt']),
    },
    ...saleSides(chart, fields, -1),
  ],
  SalesReceipt: (chart, fields) => [
    { accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: toCents(fields['TotalAmt']) },
    ...saleSides(chart, fields, 1),
  ],
  RefundReceipt: (chart, fields) => [
    { accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: -toCents(fields['TotalAmt']) },
    ...saleSides(chart, fields, -1),
  ],
  Payment: paymentSides,
  Deposit: depositSides,
  JournalEntry: journalSides,
  Transfer: (_, fields) => [
    { accountId: refOf(fields, 'ToAccountRef') ?? '', cents: toCents(fields['Amount']) },
    { accountId: refOf(fields, 'FromAccountRef') ?? '', cents: -toCents(fields['Amount']) },
  ],
  Purchase: (_, fields) => {
    const sign = fields['Credit'] === true ? -1 : 1;
    const accountId = refOf(fields, 'AccountRef') ?? '';
    return [{ accountId, cents: -sign * toCents(fields['TotalAmt']) }, ...expenseSides(fields, sign)];
  },
  Bill: (chart, fields) => [
    {
      accountId: chart.payable,
      nameId: refOf(fields, 'VendorRef') ?? '',
      cents: -toCents(fields['TotalAmt']),
    },
    ...expenseSides(fields, 1),
  ],
  VendorCredit: (chart, fields) => [
    {
      accountId: chart.payable,
      nameId: refOf(fields, 'VendorRef') ?? '',
      cents: toCents(fields['TotalAmt']),
    },
    ...expenseSides(fields, -1),
  ],
  BillPayment: (chart, fields) => {
    const total = toCents(fields['TotalAmt']);
    const accountId =
      refOf(fields['CheckPayment'], 'BankAccountRef') ?? refOf(fields['CreditCardPayment'], 'CCAccountRef');
    return [
      { accountId: chart.payable, nameId: refOf(fields, 'VendorRef') ?? '', cents: total },
      { accountId: accountId ?? '', cents: -total },
    ];
  },
};

export const POSTING = Object.keys(SIDES);

/** What a transaction posts, worked out from its answer alone and without the simulator's own ledger. */
export function sidesOf(chart: Chart, entity: string, fields: Fields): Side[] {
  return (SIDES[entity]?.(chart, fields) ?? []).filter((side) => side.cents !== 0);
}
