/** A chunk of the benchmark: 15 rows of 10 metrics, as a training loop sends them every few seconds. */
export const ROWS = 15;
export const METRICS = 10;

/** Bodies differ in offsets and steps only, so that making them costs next to nothing beside sending them. */
const REST = JSON.stringify(
  Array.from({ length: METRICS }, (_, at) => `"metric_${at}":${(Math.sin(at + 1) * 0.9).toFixed(12)}`).join(','),
).slice(1, -1);

/** Body of the file_stream request that continues a run after so many rows. */
export function chunkAfter(rows: number): string {
  const lines = Array.from({ length: ROWS }, (_, at) => {
    const step = rows + at;
    return `"{\\"_step\\":${step},\\"_timestamp\\":${1_800_000_000 + step},\\"_runtime\\":${step},${REST}}"`;
  });
  return `{"files":{"wandb-history.jsonl":{"offset":${rows},"content":[${lines.join(',')}]}}}`;
}
