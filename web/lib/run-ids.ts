/** Ids of runs in an address: with commas between, or as a list where one holds a comma. */
export type RunIds = string | readonly string[];

/** The ids that an address names; `undefined` where it names none. */
export function idsOf(runs: RunIds | undefined): readonly string[] | undefined {
  if (typeof runs !== 'string') return runs;
  return runs.split(',').filter((id) => id !== '');
}

/** Ids as an address names them. An id with a comma in it makes them a list. */
export function runsOf(ids: readonly string[]): RunIds {
  return ids.some((id) => id.includes(',')) ? [...ids] : ids.join(',');
}
