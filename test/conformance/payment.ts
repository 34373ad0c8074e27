import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

async function tellInvoice(company: Company, amount: number): Promise<{ customer: string; invoice: Json }> {
  const customer = await company.customer();
  return { customer, invoice: await company.make('Invoice', company.sale(customer, amount)) };
}

function tellApplied(company: () => Company): void {
  it('a payment lowers its invoice, is linked by it and moves its token', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 20, invoice));
    expect(payment).toMatchObject({
      TotalAmt: 20,
      UnappliedAmt: 0,
      DepositToAccountRef: { value: company().books.undeposited },
    });
    expect(at(payment, 'DepositToAccountRef.name')).toBeUndefined();
    expect(await company().read('Invoice', invoice['Id'])).toMatchObject({
      Balance: 30,
      SyncToken: '1',
      LinkedTxn: [{ TxnId: payment['Id'], TxnType: 'Payment' }],
    });
  });

  it('a payment without lines stays with the customer', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', { CustomerRef: { value: customer }, TotalAmt: 15 });
    const isUnapplied = payment['UnappliedAmt'] === 15;
    company().settle(
      'a payment without lines',
      isUnapplied ? 'stays unapplied' : 'is applied',
      'stays unapplied',
    );
    expect(await company().read('Customer', customer)).toMatchObject({ Balance: 35 });
    if (isUnapplied) expect(await company().read('Invoice', invoice['Id'])).toMatchObject({ Balance: 50 });
  });

  it('a payment of nothing applies a credit memo, which shows no link', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const memo = await company().make('CreditMemo', company().sale(customer, 20));
    company().settle('a credit memo beside an open invoice', `${String(memo['Balance'])} open`, '20 open');
    const Line = [
      { Amount: 20, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] },
      { Amount: 20, LinkedTxn: [{ TxnId: memo['Id'], TxnType: 'CreditMemo' }] },
    ];
    await company().make('Payment', { CustomerRef: { value: customer }, TotalAmt: 0, Line });
    const after = await company().read('CreditMemo', memo['Id']);
    expect(after).toMatchObject({ Balance: 0, RemainingCredit: 0, TotalAmt: 20 });
    expect(after['LinkedTxn'] ?? []).toEqual([]);
    expect(await company().read('Invoice', invoice['Id'])).toMatchObject({ Balance: 30 });
  });

  it('more than an invoice is open by is not applied', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const reply = await company().post('/payment', company().paid(customer, 60, invoice));
    company().settle('a payment of more than is open', company().outcome(reply), '6000');
  });

  it("a stranger's invoice is not paid, a matter's perhaps", async () => {
    const { invoice } = await tellInvoice(company(), 50);
    const stranger = await company().post('/payment', company().paid(await company().customer(), 5, invoice));
    company().settle("a payment of a stranger's invoice", company().outcome(stranger), '6000');
    const parent = await company().customer();
    const matter = await company().customer({ ParentRef: { value: parent }, Job: true });
    const sibling = await company().customer({ ParentRef: { value: parent }, Job: true });
    const ofMatter = await company().make('Invoice', company().sale(matter, 9));
    const byParent = await company().post('/payment', company().paid(parent, 4, ofMatter));
    company().settle("a client's payment of a matter's invoice", company().outcome(byParent), 'accepted');
    const bySibling = await company().post('/payment', company().paid(sibling, 4, ofMatter));
    company().settle("a matter's payment of another matter's invoice", company().outcome(bySibling), '6000');
  });

  it('what is read of a payment cannot be sent back', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 20, invoice));
    expect(JSON.stringify(at(payment, 'Line.0.LineEx'))).toContain('txnOpenBalance');
    const echo = await company().post('/payment', payment);
    company().settle('a payment sent back as it was read', company().outcome(echo), '2010');
  });
}

function tellUndone(company: () => Company): void {
  it('deleting a payment gives the invoice its balance back', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 20, invoice));
    await company().make('Payment', identity(payment), '?operation=delete');
    expect(await company().read('Invoice', invoice['Id'])).toMatchObject({ Balance: 50 });
  });

  it('a voided payment is worth nothing, and its invoice open again', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 20, invoice));
    const voided = { ...identity(payment), sparse: true };
    const after = await company().make('Payment', voided, '?operation=update&include=void');
    expect(after).toMatchObject({ TotalAmt: 0, PrivateNote: expect.stringMatching(/^Voided/) });
    expect(await company().read('Invoice', invoice['Id'])).toMatchObject({ Balance: 50 });
  });

  it('a paid invoice can be voided, which sets its payment free', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 20, invoice));
    const now = await company().read('Invoice', invoice['Id']);
    const reply = await company().post('/invoice?operation=void', identity(now));
    company().settle('voiding a paid invoice', company().outcome(reply), 'accepted');
    if (reply.status !== 200) return;
    expect(await company().read('Payment', payment['Id'])).toMatchObject({ TotalAmt: 20, UnappliedAmt: 20 });
  });

  it('a paid invoice is perhaps not deleted', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    await company().make('Payment', company().paid(customer, 20, invoice));
    const now = await company().read('Invoice', invoice['Id']);
    const reply = await company().post('/invoice?operation=delete', identity(now));
    company().settle('deleting a paid invoice', company().outcome(reply), '6000');
  });

  it('an invoice cut below what was paid gives the rest back to the payment', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    const payment = await company().make('Payment', company().paid(customer, 40, invoice));
    const now = await company().read('Invoice', invoice['Id']);
    const reply = await company().post('/invoice', {
      ...identity(now),
      sparse: true,
      Line: [company().line(10)],
    });
    company().settle('cutting an invoice below what was paid', company().outcome(reply), 'accepted');
    if (reply.status !== 200) return;
    const left = String((await company().read('Payment', payment['Id']))['UnappliedAmt']);
    company().settle('what its payment has left', left, '30');
  });

  it('a dead invoice is not paid', async () => {
    const { customer, invoice } = await tellInvoice(company(), 50);
    await company().make('Invoice', identity(invoice), '?operation=delete');
    const reply = await company().post('/payment', company().paid(customer, 5, invoice));
    expect(errorsOf(reply)[0]?.code).toBe('610');
  });
}

export function tellPayments(company: () => Company): void {
  tellApplied(company);
  tellUndone(company);
}
