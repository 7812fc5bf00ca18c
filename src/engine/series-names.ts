/** The stream of lines that a series comes from: the two never mix (automations, section 2.5). */
export type Stream = 'history' | 'events';

const SYSTEM = 'system.';

/** The name of the series that a metric name means: `system/…` is `system.…`. */
export function seriesOf(metric: string): string {
  return metric.startsWith('system/') ? SYSTEM + metric.slice('system/'.length) : metric;
}

/** The bare name of a system series, `cpu` of `system.cpu`; `undefined` for any other. */
export function bareNameOf(series: string): string | undefined {
  if (!series.startsWith(SYSTEM)) return undefined;
  const name = series.slice(SYSTEM.length);
  return name === '' || name.startsWith(SYSTEM) ? undefined : name;
}

/** The series that may hold the values of a name: the system's own while the run has logged no metric of it. */
export function seriesCandidates(series: string): readonly string[] {
  return streamOf(series) === 'history' ? [series, SYSTEM + series] : [series];
}

/** The stream in which a series is observed. */
export function streamOf(series: string): Stream {
  return series.startsWith(SYSTEM) ? 'events' : 'history';
}
