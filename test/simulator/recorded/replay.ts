import { type Fields, list, text } from '../../../src/simulator/fields.js';
import type { Recorded } from './fixture.js';
import { Office } from '../walk/office.js';
import { StandIn } from './stand-in.js';

/** What is written by other ways than a creation, each with the way to it. */
const WAYS: Readonly<Record<string, (house: StandIn, body: Fields) => Fields | undefined>> = {
  // One object that every company has: it is updated.
  CompanyInfo: (house, body) => updated(house, 'CompanyInfo', body),
  Preferences: (house, body) => updated(house, 'Preferences', body),
  // Codes and rates are made by the tax service.
  TaxCode: (house, body) => {
    if (['TAX', 'NON'].includes(String(body['Id']))) return house.office.read('TaxCode', String(body['Id']));
    return house.office.read('TaxCode', house.taxCode(1));
  },
  TaxRate: (house) => {
    house.taxCode(1);
    return house.office.newest('TaxRate');
  },
  // Kinds of customers are made on the screen only.
  CustomerType: () => new Office(0, 'sandbox').newest('CustomerType'),
  // A file comes in a form of several parts.
  Attachable: (house, body) => uploaded(house, body),
};

function updated(house: StandIn, entity: string, body: Fields): Fields {
  const { SyncToken } = house.office.read(entity, '1') ?? {};
  return house.make(entity, { ...house.place(entity, body), Id: '1', SyncToken });
}

function uploaded(house: StandIn, body: Fields): Fields | undefined {
  if (body['FileName'] === undefined) return house.make('Attachable', house.place('Attachable', body));
  const part = (name: string, type: string, content: string, more = ''): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const metadata = JSON.stringify(house.place('Attachable', body));
  const content = part(
    'file_content_01',
    String(body['ContentType']),
    'x',
    `; filename="${text(body, 'FileName') ?? ''}"`,
  );
  const sent = `${part('file_metadata_01', 'application/json', metadata)}${content}--b--`;
  const { value } = house.office.call('POST', '/upload', sent);
  return (value?.['AttachableResponse'] as Fields[] | undefined)?.[0]?.['Attachable'] as Fields;
}

/** What happened to the recorded object after it was made, as it tells itself. */
function relive(house: StandIn, { entity, body, file }: Recorded, made: Fields): void {
  const id = String(made['Id']);
  const dated = { TxnDate: body['TxnDate'] };
  const Line = [{ Amount: made['TotalAmt'], LinkedTxn: [{ TxnId: id, TxnType: entity }] }];
  const types = list(body, 'LinkedTxn').map((link) => link['TxnType']);
  if (types.includes('Payment'))
    house.make('Payment', {
      ...dated,
      CustomerRef: made['CustomerRef'],
      TotalAmt: made['TotalAmt'],
      Line,
    });
  if (types.includes('BillPaymentCheck'))
    house.make('BillPayment', {
      ...{ ...dated, VendorRef: made['VendorRef'], PayType: 'Check', TotalAmt: made['TotalAmt'], Line },
      CheckPayment: { BankAccountRef: { value: house.account('Bank') } },
    });
  if (body['DeliveryInfo'] !== undefined)
    house.office.call('POST', `/${entity.toLowerCase()}/${id}/send?sendTo=a%40example.com`);
  if (!/_void_/.test(file)) return;
  const token = { Id: id, SyncToken: made['SyncToken'] };
  const query = entity === 'Invoice' ? 'operation=void' : 'operation=update&include=void';
  house.make(entity, { ...token, sparse: true }, `${entity.toLowerCase()}?${query}`);
}

/** An object of that name which every company has, where the recorded one could not be a second. */
function existing(house: StandIn, { entity, body }: Recorded): Fields | undefined {
  const name = (text(body, 'Name') ?? '').replace(/'/g, "\\'");
  const query = encodeURIComponent(`select * from ${entity} where Name = '${name}'`);
  const found = house.office.call('GET', `/query?query=${query}`).value?.['QueryResponse'] as
    Record<string, Fields[]> | undefined;
  return found?.[entity]?.[0];
}

export interface Replayed {
  readonly house: StandIn;
  readonly answer: Fields;
}

/**
 * Makes the recorded object in a company of its own, and lets happen to it what happened there. The answer is what a
 * reader sees then.
 * @throws Error where the simulator refuses it
 */
export function replay(recorded: Recorded): Replayed {
  const { entity, body } = recorded;
  const house = new StandIn(body);
  const known = entity === 'Account' ? existing(house, recorded) : undefined;
  const way = WAYS[entity];
  if (known !== undefined || way !== undefined) return { house, answer: known ?? way?.(house, body) ?? {} };
  const made = house.make(entity, house.place(entity, body));
  relive(house, recorded, made);
  return { house, answer: house.office.read(entity, String(made['Id'])) ?? made };
}
