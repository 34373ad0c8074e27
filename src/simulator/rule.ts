import type { Company, IdSpace } from './company.js';
import type { Draft } from './draft.js';
import type { Finding } from './fault.js';
import type { Fields } from './fields.js';
import type { Leg } from './ledger.js';
import type { Link } from './link.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

export type WriteMode = 'create' | 'full' | 'sparse';

/** What a rule sees while one write is being checked and completed. */
export interface WriteContext {
  readonly company: Company;
  readonly switches: Switches;
  /** A bookkeeper's own doing, and no call. */
  readonly isAtScreen: boolean;
  readonly draft: Draft;
  readonly nowMs: number;
  readonly today: string;
  readonly mode: WriteMode;
  readonly before: Stored | undefined;
  /** The object as it will be kept. Rules complete it in place. */
  readonly fields: Fields;
  /** What the caller sent, bound to the entity's shape. */
  readonly sent: Fields;
  readonly include: ReadonlySet<string>;
  /** Refusals of the present layer; they are reported together at its end. */
  readonly findings: Finding[];
}

export interface PresentContext {
  readonly company: Company;
  readonly stored: Stored;
}

export type QueryType = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'kind' | 'ref' | 'id';

/** How one entity behaves. Everything that is common lives in `write.ts`; a rule holds the differences. */
export interface EntityRule {
  readonly name: string;
  readonly idSpace: IdSpace;
  readonly isTransaction: boolean;
  readonly creatable?: boolean;
  readonly deletable: boolean;
  /** How a void is asked for, where there is one. */
  readonly voidBy?: 'operation' | 'include';
  /** Overwritten in silence when sent. */
  readonly readOnly: readonly string[];
  /** Writable properties that a full update keeps although it leaves them out. */
  readonly keptByFullUpdate?: readonly string[];
  readonly maxLengths: Readonly<Record<string, number>>;
  readonly queryable: Readonly<Record<string, QueryType>>;
  /** The id of the first line; where it is absent, lines carry no ids. */
  readonly firstLineId?: number;
  /** Listed in Intuit's answers with a `totalCount`. */
  readonly countsTotal?: boolean;
  readonly defaultOrder?: string;
  readonly excludedFromCdc?: boolean;
  /** The id of the object that a body without one means. */
  identify?(company: Company, sent: Fields): string | undefined;
  /** Missing and malformed parameters: reported together, before any reference is looked up. */
  require(context: WriteContext): void;
  /** References, defaults, business rules. */
  complete(context: WriteContext): void;
  /** Changes to other objects that follow from this one. */
  settle?(context: WriteContext, after: Stored): void;
  void?(context: WriteContext): void;
  links?(stored: Stored): Link[];
  /** What it posts, in its own currency. */
  entries?(company: Company, stored: Stored): Leg[];
  /** Adds what is derived when the object is read. */
  present?(context: PresentContext, fields: Fields): void;
  /** Where an object's identity does not stand at the top of its JSON: takes it out of a request, and puts it in. */
  unwrap?(body: Fields): Fields;
  wrap?(stored: Stored, shown: Fields): Fields;
}
