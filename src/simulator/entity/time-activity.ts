import { missing } from '../fault.js';
import { refId, setDefault } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule } from '../rule.js';

export const timeActivityRule: EntityRule = {
  name: 'TimeActivity',
  idSpace: 'transaction',
  isTransaction: true,
  deletable: true,
  excludedFromCdc: true,
  readOnly: [],
  maxLengths: { Description: 4000 },
  queryable: {
    Id: 'id',
    TxnDate: 'date',
    CustomerRef: 'ref',
    EmployeeRef: 'ref',
    VendorRef: 'ref',
    BillableStatus: 'text',
  },
  require({ fields, findings }) {
    if (fields['NameOf'] === undefined) findings.push(missing('NameOf'));
    const who = fields['NameOf'] === 'Vendor' ? 'VendorRef' : 'EmployeeRef';
    if (refId(fields, who) === undefined) findings.push(missing(who));
  },
  complete(context) {
    for (const property of ['CustomerRef', 'EmployeeRef', 'ItemRef', 'VendorRef']) {
      resolve(context, context.fields, property);
    }
    setDefault(context.fields, 'TxnDate', context.today);
    setDefault(context.fields, 'BillableStatus', 'NotBillable');
    setDefault(context.fields, 'Taxable', false);
  },
};
