import type { Company } from '../company.js';
import { ruleAt } from '../entity/registry.js';
import type { Fields } from '../fields.js';
import { isFields } from '../fields.js';
import { PLANS, isPlan, planOf, withPlan } from '../plan.js';
import { present, presentDeleted } from '../present.js';
import type { EntityRule } from '../rule.js';
import { remove, save, voidTransaction } from '../write.js';
import { ControlError, type ControlHandler, type ControlRequest, textOf } from './request.js';

export function companyOf({ world, parts }: ControlRequest): Company {
  const company = world.find(parts[0] ?? '');
  if (company === undefined) throw new ControlError(`there is no company ${parts[0] ?? ''}`, 404);
  return company;
}

export function ruleNamed(entity: string | undefined): EntityRule {
  const rule = ruleAt(entity ?? '');
  if (rule === undefined) throw new ControlError(`there is no entity ${entity ?? ''}`, 404);
  return rule;
}

/** Makes a company where there is none, and a connection to it either way. */
export const addCompany: ControlHandler = ({ world, body }) => {
  const realm = textOf(body, 'realm');
  if (realm === undefined) throw new ControlError('realm is missing');
  const company = world.company(realm, textOf(body, 'seed'));
  return { realm, seed: company.seedName, tokens: world.oauth.connect(realm) };
};

export const listCompanies: ControlHandler = ({ world }) => ({
  companies: world.realms().map((realm) => {
    const company = world.find(realm);
    const plan = company && planOf(company);
    return { realm, seed: company?.seedName, status: company?.status, plan };
  }),
});

export const connect: ControlHandler = (request) => request.world.oauth.connect(companyOf(request).realm);

export const disconnect: ControlHandler = (request) => {
  const reason = textOf(request.body, 'reason') ?? 'revoked';
  if (reason !== 'revoked' && reason !== 'user-removed') {
    throw new ControlError('reason is revoked or user-removed');
  }
  request.world.oauth.disconnect(companyOf(request).realm, reason);
  return {};
};

export const expireTokens: ControlHandler = (request) => {
  request.world.oauth.expireAccess(companyOf(request).realm);
  return {};
};

export const setStatus: ControlHandler = (request) => {
  const status = textOf(request.body, 'status');
  if (status !== 'active' && status !== 'read-only') throw new ControlError('status is active or read-only');
  companyOf(request).status = status;
  return { status };
};

/** Another product from now on. What was made under the old one stays. */
export const setPlan: ControlHandler = (request) => {
  const plan = textOf(request.body, 'plan');
  if (!isPlan(plan)) throw new ControlError(`plan is one of ${PLANS.join(', ')}`);
  const table = companyOf(request).table('CompanyInfo');
  const before = table.get('1');
  if (before === undefined) throw new ControlError('the company has no company info', 404);
  const updatedAtMs = request.world.clock.now();
  table.put({
    ...before,
    fields: withPlan(before.fields, plan),
    syncToken: before.syncToken + 1,
    updatedAtMs,
  });
  return { plan };
};

export const forgetRequestIds: ControlHandler = (request) => {
  companyOf(request).forgetAll();
  return {};
};

/** Every object of an entity, deleted ones too, each as a reader would see it plus a `deleted` flag. */
export const listObjects: ControlHandler = (request) => {
  const company = companyOf(request);
  const rule = ruleNamed(request.parts[1]);
  const objects: Fields[] = [];
  for (const stored of company.table(rule.name).all()) {
    objects.push({ ...present(company, stored), deleted: stored.deleted });
  }
  return { objects };
};

/** What was committed, in that order. Names and balances in an object are those of now, all else as it was then. */
export const listCommits: ControlHandler = (request) => {
  const company = companyOf(request);
  const since = Number(request.params.get('since') ?? '0');
  const { oldest, commits } = request.world.commits.list(company.realm, since);
  const shown = commits.map(({ seq, operation, stored }) => ({
    seq,
    entity: stored.entity,
    operation,
    object: present(company, stored),
  }));
  return { oldest, commits: shown };
};

export const readLedger: ControlHandler = (request) => {
  const company = companyOf(request);
  return {
    transactions: [...company.ledger.transactions()].map(([transaction, posted]) => ({
      transaction,
      ...posted,
    })),
  };
};

/** Spoils an object for queries, or mends it; reading it by its id goes on. */
export const poison: ControlHandler = (request) => {
  const company = companyOf(request);
  const rule = ruleNamed(textOf(request.body, 'entity'));
  const id = textOf(request.body, 'id') ?? '';
  if (company.table(rule.name).get(id) === undefined)
    throw new ControlError(`there is no ${rule.name} ${id}`, 404);
  const key = `${rule.name}:${id}`;
  if (request.body['mend'] === true) company.poisoned.delete(key);
  else company.poisoned.set(key, textOf(request.body, 'sentence') ?? 'To email address entered is invalid');
  return { poisoned: [...company.poisoned.keys()] };
};

const ACTIONS = { save, delete: remove, void: voidTransaction } as const;

/** What a person does on the screen: the API's rules, the newest token, and no trace in the call log. */
export const actOnObject: ControlHandler = (request) => {
  const company = companyOf(request);
  const rule = ruleNamed(request.parts[1]);
  const action = request.params.get('operation') ?? 'save';
  if (action !== 'save' && action !== 'delete' && action !== 'void') {
    throw new ControlError('operation is delete or void, or left out to create and update');
  }
  const { switches, clock } = request.world;
  const isUpdate = action === 'save' && request.body['Id'] !== undefined;
  const body = isUpdate ? { sparse: true, ...request.body } : request.body;
  const include = new Set(['screen']);
  const nowMs = clock.now();
  const { stored } = ACTIONS[action]({ company, switches, nowMs, rule, body, include, ignoresToken: true });
  return { [rule.name]: stored.deleted ? presentDeleted(stored) : present(company, stored) };
};

/** Merges into the preferences section by section; a null takes a setting away. */
export const setPreferences: ControlHandler = (request) => {
  const company = companyOf(request);
  const table = company.table('Preferences');
  const before = table.get('1');
  if (before === undefined) throw new ControlError('the company has no preferences', 404);
  const fields: Fields = { ...before.fields };
  for (const [section, patch] of Object.entries(request.body)) {
    if (!isFields(patch)) throw new ControlError(`${section} must be an object`);
    const old = fields[section];
    const merged: Fields = { ...(isFields(old) ? old : {}), ...patch };
    for (const [name, value] of Object.entries(merged))
      if (value === null) Reflect.deleteProperty(merged, name);
    fields[section] = merged;
  }
  const nowMs = request.world.clock.now();
  const after = { ...before, fields, syncToken: before.syncToken + 1, updatedAtMs: nowMs };
  table.put(after);
  company.announce?.([{ stored: after, before }], nowMs);
  return present(company, after);
};
