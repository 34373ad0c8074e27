/** One row as RFC 4180 has it, with its line break. What a spreadsheet would work out stays a text. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * A spreadsheet takes what begins like a formula for one; the apostrophe keeps it a text. One that has an apostrophe
 * there itself gets another, so that what was written can be told from what was added.
 */
function cell(value: string): string {
  const isFormula = /^(?:'*[=+@\t\r]|'+-)/.test(value) || /^-(?!\d+\.\d\d$)/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `-123456` → `-1234.56`: for programs, so without commas. */
export function csvAmount(cents: number): string {
  const digits = Math.abs(cents).toString().padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
