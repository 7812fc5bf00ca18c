import type { Field } from '../filter/catalogue.ts';
import { invalid } from '../model/error.ts';
import type { RunId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { isStorable } from '../model/storable.ts';
import type { Queryable } from './database.ts';
import { type ListColumn, Parameters } from './list-columns.ts';
import { knownRuns, type RunListing, runList } from './run-queries.ts';

/** Bytes of one value, as stored; of a larger one the beginning of its text is read. */
const LARGEST_VALUE = 2_000;
const LONGEST_TEXT = 200;

/** The values of some columns of some runs, in the order of the columns, as `jsonb` holds them. */
export async function runValues(
  database: Queryable,
  listing: RunListing,
  runIds: readonly RunId[],
  fields: readonly Field[],
): Promise<ReadonlyMap<RunId, readonly Json[]>> {
  if (fields.length === 0 || runIds.length === 0) return new Map();
  const { columnOf, scope } = runList({ ...listing, search: undefined, group: [] });
  const parameters = new Parameters();
  const values = fields.map((field) =>
    valueSql(field, isStorable(field.name) ? columnOf(field, parameters) : undefined),
  );
  const rows = await database.queryOnce<{ readonly runId: RunId; readonly values: readonly Json[] }>(
    ...parameters.finish(
      `select r.run_id as "runId", jsonb_build_array(${values.join(', ')}) as values from ${knownRuns(values.join(' '))}
       where ${scope(parameters)} and r.run_id = any(${parameters.add(runIds, 'bigint[]')})`,
    ),
  );
  return new Map(rows.map((row) => [row.runId, row.values]));
}

function valueSql(field: Field, column: ListColumn | undefined): string {
  if (column === undefined) throw invalid(`runs have no column '${field.name}'`, 'columns');
  if (column.kind !== 'tree') return `to_jsonb(${column.sql})`;
  return `case when pg_column_size(${column.sql}) > ${LARGEST_VALUE}
    then to_jsonb(left((${column.sql})::text, ${LONGEST_TEXT}) || '…') else ${column.sql} end`;
}
