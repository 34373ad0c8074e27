/** What stands in the upper half of Windows' Latin-1, which is what the standard fonts are encoded in. */
const BEYOND_LATIN_1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** A soft hyphen would be there only now and then, so it counts as one that is lacking. */
const isPrintable = (character: string): boolean =>
  /^[ -~\u00a0-\u00ac\u00ae-\u00ff]$/.test(character) || BEYOND_LATIN_1.has(character);

/**
 * The text on one line, as the standard fonts have it. What they lack stands as its number, `[U+0141]`: an auditor must
 * see that something was there, and can look up what.
 */
export const printable = (text: string): string =>
  Array.from(spaced(text), (character) => (isPrintable(character) ? character : numberOf(character))).join(
    '',
  );

export const isLacking = (text: string): boolean => !Array.from(spaced(text)).every(isPrintable);

const spaced = (text: string): string => text.normalize('NFC').replaceAll(/[\t\r\n]+/g, ' ');

const numberOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
