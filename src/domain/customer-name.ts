/** Longest name QuickBooks takes (its documents: DisplayName, 500 characters). */
const NAME_LENGTH = 500;

/** A client in a currency that is not the company's own is a customer of its own, told apart by the currency. */
export const clientName = (name: string, currency?: string): string => fitted(name, currency);

/**
 * A matter's name as a sub-customer. It has to be unique among all names of the company, so it begins with the matter's
 * number; a colon would read as a level of its own, and QuickBooks refuses it.
 */
export function matterName(matter: { number: string; description: string }, currency?: string): string {
  const name = `${matter.number} ${matter.description}`;
  return fitted(
    name
      .replaceAll(/\s*:\s*/g, ' - ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    currency,
  );
}

/** Three points, not an ellipsis: companies in the United States keep Western letters only. */
const CUT = '...';

function fitted(name: string, currency: string | undefined): string {
  const suffix = currency === undefined ? '' : ` (${currency})`;
  const room = NAME_LENGTH - suffix.length;
  return (name.length <= room ? name : `${name.slice(0, room - CUT.length).trimEnd()}${CUT}`) + suffix;
}
