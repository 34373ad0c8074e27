import { inflateSync } from 'node:zlib';

/** What is written on each page of a PDF with standard fonts, a string for each piece of text. */
export function pdfPages(bytes: Uint8Array): string[][] {
  const raw = Buffer.from(bytes).toString('latin1');
  return [...raw.matchAll(/\/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g)]
    .map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))
    .map((content) => Array.from(content.matchAll(/\[([^\]]*)\] TJ/g), ([, shown = '']) => textOf(shown)))
    .filter((texts) => texts.length > 0);
}

/** Between pieces in angle brackets stand what the letters are moved by. */
const textOf = (shown: string): string =>
  Array.from(shown.matchAll(/<([0-9a-f]*)>/g), ([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
    .join('')
    .replaceAll(/[\x80-\x9f]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80] ?? letter);

/** Written out, since Node decodes it as Latin-1. A dot is what stands for nothing. */
const WINDOWS_1252 = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';
