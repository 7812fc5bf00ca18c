/**
 * Rows of comma-separated values (RFC 4180), or of any other separator.
 *
 * @param most rows that are read
 */
export function parseCsv(text: string, separator: string, most: number): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const { cells, end } = rowAt(text, at, separator);
    if (cells.length > 1 || cells[0] !== '') rows.push(cells);
    at = end;
  }
  return rows;
}

function rowAt(text: string, start: number, separator: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at, separator);
    cells.push(cell.value);
    at = cell.end;
    if (text[at] !== separator) break;
    at += 1;
  }
  while (at < text.length && text[at] !== '\n') at += 1;
  return { cells, end: at + 1 };
}

interface Cell {
  readonly value: string;
  /** Where the character behind it stands. */
  readonly end: number;
}

function plainAt(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
  return { value: text.slice(start, end).replace(/\r$/, ''), end };
}

function quotedAt(text: string, start: number): Cell {
  let end = start + 1;
  while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1;
  return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}
