import type { AggregateState } from '../aggregate.js';
import type { BillFacts } from '../bill.js';
import { mendedIn } from '../fault/catalogue.js';
import type { FirmSettings } from '../firm.js';
import { sameJson } from '../json.js';
import { previewBill, type Preview } from './preview.js';

/** What changed settings do to one bill. */
export const SETTINGS_EFFECTS = ['keeps-terms', 'goes-on', 'follows', 'untouched'] as const;

/**
 * `keeps-terms`: it is in QuickBooks and stays as it is, unless a person names it. `goes-on`: it was parked for want
 * of this, and is tried again by itself. `follows`: it is not in QuickBooks yet, and will be there by these settings.
 */
export type SettingsEffect = (typeof SETTINGS_EFFECTS)[number];

export interface Touched {
  effect: SettingsEffect;
  /** What would be written: of one that keeps its terms, only when it is named. */
  preview: Preview;
}

/** Pure: compares what the plan comes to by the settings of now with what it would come to after the change. */
export function settingsEffect(
  facts: BillFacts,
  { state, fault }: { state: AggregateState; fault?: string },
  after: FirmSettings,
): Touched {
  if (state === 'posted') {
    const preview = previewBill({ ...facts, settings: after, newTerms: after });
    const isTouched = !sameJson(preview, previewBill(facts));
    return { effect: isTouched ? 'keeps-terms' : 'untouched', preview };
  }
  const preview = previewBill({ ...facts, settings: after });
  if (state === 'excluded' || state === 'skipped') return { effect: 'untouched', preview };
  if (fault !== undefined && mendedIn('settings').includes(fault) && preview.parks?.fault !== fault) {
    return { effect: 'goes-on', preview };
  }
  const isTouched = !sameJson(preview, previewBill(facts));
  return { effect: isTouched ? 'follows' : 'untouched', preview };
}
