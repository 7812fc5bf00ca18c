import type { HistoryLine } from './run-chunk.ts';

/**
 * Gives lines without `_step` the steps that follow the run's last one. In shared mode clients up to 0.30 leave
 * them to the server, since no writer knows how far the others are; reads go by steps and would find nothing.
 *
 * @param lastStep the highest step of the run, `null` before its first
 */
export function numberSteps(lines: readonly HistoryLine[], lastStep: number | null): HistoryLine[] {
  let last = lastStep ?? -1;
  return lines.map((line) => {
    const numbered =
      Object.hasOwn(line.values, '_step') || last >= Number.MAX_SAFE_INTEGER ? line : stepped(line, last + 1);
    last = Math.max(last, numbered.step ?? last);
    return numbered;
  });
}

function stepped(line: HistoryLine, step: number): HistoryLine {
  const rest = line.raw.trimStart().slice(1);
  const separator = Object.keys(line.values).length === 0 ? '' : ',';
  return { ...line, raw: `{"_step":${step}${separator}${rest}`, values: { _step: step, ...line.values }, step };
}
