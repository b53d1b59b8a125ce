/** Tells spreadsheets that what follows is UTF-8. */
export const csvStart = '\uFEFF';

/** What makes a spreadsheet take a cell for a formula, in narrow and in full width. */
const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * One line of a CSV file (RFC 4180) with its CRLF. A text that a spreadsheet would run as a formula
 * gets an apostrophe before it, for names and tags are what customers write.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
