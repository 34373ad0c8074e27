import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

async function deposited(company: Company): Promise<{ payment: Json; deposit: Json }> {
  const CustomerRef = { value: await company.customer() };
  const payment = await company.make('Payment', { CustomerRef, TotalAmt: 70 });
  const deposit = await company.make('Deposit', {
    DepositToAccountRef: { value: company.books.bank },
    Line: [{ Amount: 70, LinkedTxn: [{ TxnId: payment['Id'], TxnType: 'Payment', TxnLineId: '0' }] }],
  });
  return { payment, deposit };
}

export function tellLocks(company: () => Company): void {
  it('a deposit changes nothing of its payment but the link', async () => {
    const { payment, deposit } = await deposited(company());
    expect(at(deposit, 'Line.0.Id')).toBeUndefined();
    expect(await company().read('Payment', payment['Id'])).toMatchObject({
      SyncToken: payment['SyncToken'],
      MetaData: payment['MetaData'],
      DepositToAccountRef: payment['DepositToAccountRef'],
      LinkedTxn: [{ TxnId: deposit['Id'], TxnType: 'Deposit' }],
    });
  });

  it('a deposited payment can be neither changed nor deleted nor voided, until its deposit is gone', async () => {
    const { payment, deposit } = await deposited(company());
    const edit = { ...identity(payment), sparse: true, PrivateNote: 'late' };
    for (const params of ['', '?operation=delete', '?operation=update&include=void']) {
      const body = params === '?operation=delete' ? identity(payment) : edit;
      expect(errorsOf(await company().post(`/payment${params}`, body))[0]?.code).toBe('6540');
    }
    await company().make('Deposit', identity(deposit), '?operation=delete');
    expect(await company().make('Payment', edit)).toMatchObject({ PrivateNote: 'late' });
  });

  it('money that is deposited cannot be deposited again', async () => {
    const { payment } = await deposited(company());
    const again = await company().post('/deposit', {
      DepositToAccountRef: { value: company().books.bank },
      Line: [{ Amount: 70, LinkedTxn: [{ TxnId: payment['Id'], TxnType: 'Payment', TxnLineId: '0' }] }],
    });
    company().settle('depositing a payment twice', company().outcome(again), '6000');
  });

  it('the API cannot close the books', async () => {
    const before = (await company().get('/preferences')).json['Preferences'] as Json;
    const info = { ...(before['AccountingInfoPrefs'] as Json), BookCloseDate: '2019-12-31' };
    const reply = await company().post('/preferences', { ...before, AccountingInfoPrefs: info });
    const after = (await company().get('/preferences')).json['Preferences'] as Json;
    // Whatever came of it, the next run must not find closed books.
    if (reply.status === 200)
      await company().post('/preferences', { ...before, SyncToken: after['SyncToken'] });
    expect(at(after, 'AccountingInfoPrefs.BookCloseDate')).toBe(
      at(before, 'AccountingInfoPrefs.BookCloseDate'),
    );
    company().settle('closing the books by the API', company().outcome(reply), 'accepted');
  });

  it('nothing is dated into closed books, nor out of them', async () => {
    const { target } = company();
    const customer = await company().customer();
    await target.closeBooks?.('2025-12-31');
    const closed = at(
      (await company().get('/preferences')).json,
      'Preferences.AccountingInfoPrefs.BookCloseDate',
    );
    if (typeof closed !== 'string') {
      company().settle('closed books', 'the company has none', '6210');
      return;
    }
    const inside = await company().post('/invoice', company().sale(customer, 1, { TxnDate: closed }));
    await target.closeBooks?.(null);
    expect(errorsOf(inside)[0]?.Detail).toContain('through through the QBO Services API');
    company().settle('closed books', company().outcome(inside), '6210');
  });
}
