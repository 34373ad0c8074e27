/** How much a rule has been looked at: its own text, somebody's summary of it, or nothing but memory. */
export type Sureness = 'rule-text' | 'summary' | 'memory';

/**
 * What a place asks of a reconciliation, as far as it was looked up. It guides, and decides nothing: a lawyer of the
 * place has to confirm it.
 */
export interface Jurisdiction {
  key: string;
  name: string;
  /** The longest time between two reconciliations, in words. */
  every: string;
  /** When it has to be done at the latest, after the day that it is about; absent = no day is named. */
  due?: { daysAfter: number } | { dayOfNextMonth: number } | { workingDaysAfter: number };
  signOff: string;
  yearsKept: number;
  /** From when the years count, in words. */
  keptFrom: string;
  source: string;
  sureness: { rule: Sureness; years: Sureness };
}

export const JURISDICTIONS = [
  {
    key: 'aba-model',
    name: 'ABA Model Rules on Client Trust Account Records',
    every: 'quarter at least; most states ask for every month',
    signOff: 'nobody in particular',
    yearsKept: 5,
    keptFrom: 'the end of the representation',
    source: 'American Bar Association, Model Rules on Client Trust Account Records (2010), preface',
    sureness: { rule: 'memory', years: 'rule-text' },
  },
  {
    key: 'california',
    name: 'California, Rule 1.15',
    every: 'month',
    signOff: 'nobody in particular',
    yearsKept: 5,
    keptFrom: 'the final distribution of the money',
    source: 'Daily Journal, MCLE 1523; State Bar of California, client trust resources',
    sureness: { rule: 'summary', years: 'memory' },
  },
  {
    key: 'new-york',
    name: 'New York, Rule 1.15',
    every: 'month, as practice; the rule asks for contemporaneous books',
    signOff: 'nobody in particular',
    yearsKept: 7,
    keptFrom: 'the events that the records are of',
    source: 'New York Rules of Professional Conduct 1.15 for the accounts',
    sureness: { rule: 'rule-text', years: 'memory' },
  },
  {
    key: 'ontario',
    name: 'Ontario, By-Law 9',
    every: 'month',
    due: { dayOfNextMonth: 25 },
    signOff: 'nobody in particular; the reasons for differences are written down',
    yearsKept: 10,
    keptFrom: 'the end of the fiscal year, and the current one',
    source: 'Law Society of Ontario, books and records',
    sureness: { rule: 'summary', years: 'summary' },
  },
  {
    key: 'england-and-wales',
    name: 'England and Wales, SRA Accounts Rules',
    every: 'five weeks',
    due: { daysAfter: 35 },
    signOff: 'the compliance officer for finance and administration, or a manager',
    yearsKept: 6,
    keptFrom: 'the day of the record',
    source: 'study note on the SRA Accounts Rules; rule 29 of the rules before them for detail',
    sureness: { rule: 'summary', years: 'summary' },
  },
  {
    key: 'new-south-wales',
    name: 'New South Wales, Uniform General Rules 2015, rule 48',
    every: 'month, at its end',
    due: { workingDaysAfter: 15 },
    signOff: 'nobody in particular; Queensland asks for a principal',
    yearsKept: 7,
    keptFrom: 'the last entry',
    source: 'Legal Profession Uniform General Rules 2015 (NSW), rule 48',
    sureness: { rule: 'rule-text', years: 'memory' },
  },
] as const satisfies readonly Jurisdiction[];

export type JurisdictionKey = (typeof JURISDICTIONS)[number]['key'];

/** Whose rules are shown where nobody says others. */
export const DEFAULT_JURISDICTION: JurisdictionKey = 'aba-model';

export const JURISDICTION_KEYS = JURISDICTIONS.map(({ key }) => key);

export const jurisdictionOf = (key: JurisdictionKey): Jurisdiction => {
  const found = JURISDICTIONS.find((jurisdiction) => jurisdiction.key === key);
  if (!found) throw new Error(`There is no jurisdiction "${key}".`);
  return found;
};

const DAY_MS = 86_400_000;
const WEEKEND = [0, 6];

/** By when a reconciliation of a day has to be done; holidays are not known. Absent where no day is named. */
export function dueOn({ due }: Jurisdiction, on: string): string | undefined {
  if (!due) return undefined;
  const from = Date.parse(`${on}T00:00:00Z`);
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 'YYYY-MM-DD'.length);
  if ('daysAfter' in due) return day(from + due.daysAfter * DAY_MS);
  if ('dayOfNextMonth' in due) {
    const [year = 0, month = 0] = on.split('-').map(Number);
    return day(Date.UTC(year, month, due.dayOfNextMonth));
  }
  let ms = from;
  for (let left = due.workingDaysAfter; left > 0;) {
    ms += DAY_MS;
    if (!WEEKEND.includes(new Date(ms).getUTCDay())) left -= 1;
  }
  return day(ms);
}
