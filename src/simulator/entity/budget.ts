import { missing } from '../fault.js';
import { list, setDefault } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule } from '../rule.js';

export const budgetRule: EntityRule = {
  name: 'Budget',
  idSpace: 'list',
  isTransaction: false,
  deletable: true,
  readOnly: [],
  maxLengths: {},
  countsTotal: true,
  queryable: { Id: 'id', Active: 'boolean', Name: 'text', StartDate: 'date', EndDate: 'date' },
  defaultOrder: 'Name',
  require({ fields, findings }) {
    for (const property of ['StartDate', 'EndDate']) {
      if (fields[property] === undefined) findings.push(missing(property));
    }
  },
  complete(context) {
    for (const detail of list(context.fields, 'BudgetDetail')) resolve(context, detail, 'AccountRef');
    setDefault(context.fields, 'Active', true);
    setDefault(context.fields, 'BudgetType', 'ProfitAndLoss');
    setDefault(context.fields, 'BudgetEntryType', 'Monthly');
  },
};
