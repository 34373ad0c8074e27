import { finding } from './fault.js';
import { type Fields, isFields } from './fields.js';
import type { EntityRule, WriteContext } from './rule.js';

const ADDRESS: Readonly<Record<string, number>> = {
  Line1: 500,
  Line2: 500,
  Line3: 500,
  Line4: 500,
  Line5: 500,
  City: 255,
  Country: 255,
  CountrySubDivisionCode: 255,
  PostalCode: 30,
};

const PARTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  BillAddr: ADDRESS,
  ShipAddr: ADDRESS,
  PrimaryEmailAddr: { Address: 100 },
  BillEmail: { Address: 100 },
  PrimaryPhone: { FreeFormNumber: 30 },
  CustomField: { StringValue: 31 },
  Line: { Description: 4000 },
};

function checkProperties(
  context: WriteContext,
  fields: Fields,
  limits: Readonly<Record<string, number>>,
): void {
  for (const [property, max] of Object.entries(limits)) {
    const value = fields[property];
    if (typeof value !== 'string' || value.length <= max) continue;
    const supplied = value.length.toLocaleString('en-US');
    context.findings.push(
      finding(
        '2050',
        `String length specified does not match the supported length. Min:0 Max:${max.toLocaleString('en-US')} supported. Supplied length: ${supplied}`,
        property,
      ),
    );
  }
}

/** Everything that is too long is reported at once, with the property as the fault's element. */
export function checkLengths(rule: EntityRule, context: WriteContext): void {
  checkProperties(context, context.sent, rule.maxLengths);
  for (const [part, limits] of Object.entries(PARTS)) {
    const value = context.sent[part];
    for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isFields(entry)) checkProperties(context, entry, limits);
    }
  }
}
