/** Signs that word processors put in, and what they are in plain type. */
const PLAIN: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '*',
  '…': '...',
  '€': 'EUR',
  '™': '(TM)',
};

const BEYOND_LATIN = /[^\u0000-\u00ff]/gu;
const MARKS = /\p{M}/gu;

/**
 * What QuickBooks keeps of a text in the United States, where it knows ISO-8859-1 only: typographic signs become plain
 * ones, letters lose the accents that are not in it, and what is left becomes a question mark.
 */
export function plainText(text: string): string {
  // Composed first: a decomposed é is in ISO-8859-1 once it is one sign.
  return text.normalize('NFC').replace(BEYOND_LATIN, (sign) => {
    const plain = PLAIN[sign] ?? sign.normalize('NFKD').replace(MARKS, '');
    return plain.replace(BEYOND_LATIN, '?');
  });
}

/** At most so long; what is cut off is told by three points. */
export const cutText = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength - 3).trimEnd()}...`;
