import { bareNameOf, seriesOf } from '../../../../src/engine/series-names.ts';

/**
 * Whether an automation that names a metric watches a series: `cpu` means that of the system where the run has logged
 * none itself (automations, section 2.5).
 *
 * @param logged names of the run's series
 */
export function watchesSeries(named: string, series: string, logged: ReadonlySet<string>): boolean {
  if (seriesOf(named) === series) return true;
  return bareNameOf(series) === named && !logged.has(named);
}
