// Rows as a file that spreadsheet programs here open by a double click: semicolons, UTF-8 with its mark, CRLF. A cell that
// came from somebody's document is never a formula.
const mark = '\uFEFF';
const figure = /^-?\d+(?:[.,]\d+)?$/;

function cell(value: string): string {
  // =, +, - and @ begin a formula; a tab or a line break before them is skipped by some programs.
  const safe = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(value) && !figure.test(value) ? `'${value}` : value;
  return /[";\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return mark + rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('');
}
