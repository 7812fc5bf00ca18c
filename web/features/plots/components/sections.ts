import type { Metric } from '../api/list-metrics.ts';

/** Metrics that belong together. */
export interface MetricSection {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

const OWN = 'Metrics';
const SYSTEM = 'System';

/** Sorts metrics by what stands before their first slash; those of no section come first, those of the system last. */
export function sectionsOf(metrics: readonly Metric[]): MetricSection[] {
  const sections = new Map<string, Metric[]>();
  for (const metric of metrics.filter(({ name }) => !name.startsWith('_'))) {
    const title = titleOf(metric);
    const section = sections.get(title);
    if (section === undefined) sections.set(title, [metric]);
    else section.push(metric);
  }
  return [...sections]
    .map(([title, own]) => ({ title, metrics: own }))
    .toSorted((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title));
}

function titleOf({ name, system }: Metric): string {
  if (system) return SYSTEM;
  const slash = name.indexOf('/');
  return slash < 1 ? OWN : name.slice(0, slash);
}

function rank({ metrics }: MetricSection): number {
  const [first] = metrics;
  if (first?.system) return 2;
  return first !== undefined && titleOf(first) === OWN ? 0 : 1;
}
