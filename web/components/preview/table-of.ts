import { isJsonObject, type Json } from '../../../src/model/json.ts';
import { parseCutJson } from './cut-json.ts';
import { parseCsv } from './parse-csv.ts';

/** Rows of one preview. */
const MOST_ROWS = 20_000;

/** What a file holds as a table. */
export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** A table as the client's `wandb.Table` is written: `columns` and `data`. `undefined` for anything else. */
export function tableOfJson(text: string, isCut: boolean): FileTable | undefined {
  const parsed = parseCutJson(text, isCut);
  if (!isJsonObject(parsed) || !Array.isArray(parsed.columns) || !Array.isArray(parsed.data)) return undefined;
  const rows = (parsed.data as readonly Json[]).slice(0, MOST_ROWS);
  if (!rows.every((row) => Array.isArray(row))) return undefined;
  return { columns: parsed.columns.map(String), rows };
}

/** Comma- or tab-separated values, the names of the columns first. */
export function tableOfCsv(name: string, text: string, isCut: boolean): FileTable {
  const separator = name.toLowerCase().endsWith('.tsv') ? '\t' : ',';
  const whole = isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  const [columns = [], ...rows] = parseCsv(whole, separator, MOST_ROWS + 1);
  return { columns, rows };
}
