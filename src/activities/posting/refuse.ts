import { absentLink } from './absent-link.js';
import { absentName } from './absent-name.js';
import { settleCrowded } from './crowded.js';
import { absentReference } from './absent-reference.js';
import { settleDeposited } from './deposited.js';
import { namesake } from './namesake.js';
import { settleNumbered } from './numbered.js';
import { settleUse } from './overtaken.js';
import { settleRefused, type Attempt, type Refused, type Settled } from './settle.js';

/** QuickBooks said no. Some refusals are looked into first, by a read or two, so that a person sees what is behind them. */
export async function refuse<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled> {
  return (
    (await absentName(attempt, refused)) ??
    (await namesake(attempt, refused)) ??
    (await settleUse(attempt, refused)) ??
    (await settleCrowded(attempt, refused)) ??
    (await settleDeposited(attempt, refused)) ??
    (await settleNumbered(attempt, refused)) ??
    (await absentLink(attempt, refused)) ??
    (await settleRefused(attempt, await absentReference(attempt, refused.refusal), refused.evidence))
  );
}
