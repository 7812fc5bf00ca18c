import { greatest, least } from '../engine/statistics.ts';
import { parseRow } from '../model/history-row.ts';
import { hasEnded } from '../model/run-state.ts';
import { BLOCK_LINES, ColumnBlock } from '../store/column-block.ts';
import { COLUMN_FORMAT, encodeColumn } from '../store/column-format.ts';
import type { Database } from '../store/database.ts';
import { readBlocks } from '../store/history-chunks.ts';
import { type ColumnBounds, insertColumns, type StoredColumn } from '../store/history-columns.ts';
import { moveReach, type Reach } from '../store/history-reach.ts';
import { findMetricFacts, type StoredMetric, saveMetrics } from '../store/metric-facts.ts';
import { MetricFold } from '../store/metric-fold.ts';

/**
 * Makes columns of the lines of a stream that have none, and tells anew what is known of its metrics: block by
 * block, each in a transaction of its own, without the run's lock. Of a run that goes on only whole blocks are
 * made. It gives way to whoever else makes them, and when the run is removed or rewound.
 *
 * @param blockLines lines of a block
 */
export async function makeColumns(database: Database, reach: Reach, blockLines = BLOCK_LINES): Promise<void> {
  const fold = new MetricFold(await findMetricFacts(database, reach, reach.stream, reach.epoch));
  let block = new ColumnBlock(fold.lines, blockLines);
  for await (const row of rowsFrom(database, reach, fold.lines)) {
    fold.addRow(row);
    block.add(row);
    if (!block.full) continue;
    if (!(await saveBlock(database, reach, block, fold))) return;
    block = new ColumnBlock(fold.lines, blockLines);
  }
  if (block.lines > 0 && hasEnded(reach.state)) await saveBlock(database, reach, block, fold);
}

async function* rowsFrom(database: Database, reach: Reach, fromLine: number) {
  if (fromLine >= reach.lines) return;
  for await (const { firstLine, lines } of readBlocks(database, reach, { stream: reach.stream, fromLine })) {
    const wanted = lines.slice(Math.max(0, fromLine - firstLine), Math.max(0, reach.lines - firstLine));
    for (const line of wanted) yield parseRow(line);
    if (firstLine + lines.length >= reach.lines) return;
  }
}

/** @returns whether it was saved: nobody else was faster */
function saveBlock(database: Database, reach: Reach, block: ColumnBlock, fold: MetricFold): Promise<boolean> {
  const numbers = new Map([...fold.metrics.keys()].map((name, number) => [name, number]));
  const columns: StoredColumn[] = [];
  const metrics: StoredMetric[] = [];
  for (const [name, column] of block.columns()) {
    const metric = numbers.get(name);
    const summary = fold.metrics.get(name);
    if (metric === undefined || summary === undefined) throw new Error(`the metric '${name}' was not counted`);
    const { typeCounts, monotonic, lastValue } = summary;
    metrics.push({ metric, name, typeCounts, monotonic, lastValue });
    const { firstLine, lines } = block;
    const body = encodeColumn(column, lines);
    columns.push({
      ...{ metric, firstLine, lines, plain: column.plain, format: COLUMN_FORMAT, body },
      bounds: boundsOf(column.values),
    });
  }
  return database.transaction(async (tx) => {
    if (!(await moveReach(tx, reach, block.firstLine, fold))) return false;
    await saveMetrics(tx, reach, reach.stream, metrics);
    await insertColumns(tx, reach, reach.stream, columns);
    return true;
  });
}

function boundsOf(values: Float64Array): ColumnBounds {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return { observed: numbers.length, low: least(numbers), high: greatest(numbers) };
}
