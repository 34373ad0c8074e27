import type { Company } from '../company.js';
import { business, refuse } from '../fault.js';
import { numeric, refId, text } from '../fields.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { isControl } from './account.js';
import { INVALID_CURRENCY, checkListed, currencyOf, currencyRef, isHomeOnly } from './currency.js';
import { rateOn } from './exchange-rate.js';

const ONE_FOREIGN = 'You can only use one foreign currency per transaction.';

/** What binds a transaction: its customer or vendor, its accounts, the transactions that it settles. */
type Party = Stored | undefined;

/** Income, costs and banks in the home currency go with every currency; all else only with its own. */
function suits(company: Company, party: Stored, code: string): boolean {
  const own = refId(party.fields, 'CurrencyRef');
  if (own === code || own === undefined) return true;
  const isOpen = party.entity === 'Account' && !isControl(text(party.fields, 'AccountType'));
  return isOpen && own === company.homeCurrency;
}

function foreignOf(company: Company, parties: readonly Party[]): string | undefined {
  const codes = parties.map((party) => party && currencyOf(company, party.fields));
  return codes.find((code) => code !== undefined && code !== company.homeCurrency);
}

/** The caller's rate, else the one that was kept, else that of the company's list for the day. */
function rateFor(context: WriteContext, code: string): number {
  const { company, fields, before, switches } = context;
  if (code === company.homeCurrency) return 1;
  const given = numeric(fields, 'ExchangeRate');
  if (given !== undefined && given <= 0) throw refuse('2090', `Invalid Number : ${given}`, 'ExchangeRate');
  const kept =
    currencyOf(company, before?.fields) === code ? numeric(before?.fields, 'ExchangeRate') : undefined;
  if (given !== undefined || kept !== undefined) return given ?? kept ?? 1;
  if (switches.missingExchangeRate === 'one') return 1;
  return rateOn(company, code, text(fields, 'TxnDate') ?? context.today)?.rate ?? 1;
}

/**
 * The one currency of a transaction and its rate: the caller's, else that of what it is bound to.
 * @throws Fault 6000 where they do not go together, 2220 or 2500 for a currency that the company does not use
 */
export function setCurrency(context: WriteContext, parties: readonly Party[] = []): void {
  const { company, fields, switches } = context;
  if (isHomeOnly(context)) {
    Reflect.deleteProperty(fields, 'ExchangeRate');
    return;
  }
  const bound = switches.missingCurrency === 'name' ? foreignOf(company, parties) : undefined;
  const code = refId(fields, 'CurrencyRef') ?? bound ?? company.homeCurrency;
  checkListed(company, code);
  if (parties.some((party) => party !== undefined && !suits(company, party, code))) {
    throw business(switches.currencyMismatchDetail === 'invalid' ? INVALID_CURRENCY : ONE_FOREIGN);
  }
  fields['CurrencyRef'] = currencyRef(code);
  fields['ExchangeRate'] = rateFor(context, code);
}
