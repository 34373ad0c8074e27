import { addDays, formatDate } from '../clock.js';
import { sharesOf } from '../report/whom.js';
import { companyOf } from './company.js';
import { ControlError, type ControlHandler } from './request.js';

const FAR_AHEAD_DAYS = 36_500;

/** What an account holds for whom; with `asOf` up to that day only. */
export const readByName: ControlHandler = (request) => {
  const company = companyOf(request);
  const id = request.parts[1] ?? '';
  const account = company.table('Account').get(id);
  if (account === undefined) throw new ControlError(`there is no account ${id}`, 404);
  const asOf = request.params.get('asOf') ?? addDays(formatDate(request.world.clock.now()), FAR_AHEAD_DAYS);
  return sharesOf(company, account, asOf);
};
