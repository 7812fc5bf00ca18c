import type { MetricAutomation } from './automation.ts';
import type { Observed } from './observe.ts';
import type { Watch } from './run-plan.ts';
import { type FoldContext, type Folded, SeriesFold } from './series-fold.ts';
import { seriesCandidates } from './series-names.ts';
import { ValueRing } from './value-ring.ts';

interface Series {
  readonly ring: ValueRing;
  /** Whether every value ever observed has gone through the ring. */
  readonly complete: boolean;
  /** The edition of the rulebook when it was made: a series that was not watched for a while since then has a gap. */
  readonly edition: number;
  /** All that watched it when it was last looked at. */
  watchers: readonly MetricAutomation[];
  /** Those of them whose filter may match the run. */
  candidates: readonly MetricAutomation[];
}

/** Bytes that are taken besides the numbers, as measured in Node 20. */
const BYTES = { windows: 400, series: 420, number: 8 };

/**
 * The newest values of each watched metric of one run: a cache over stored history, never the truth (data model,
 * "Windows"). Throw it away when a transaction fails after {@link fold}, when the run is rewound, or at any time.
 */
export class RunWindows {
  readonly #series = new Map<string, Series>();
  /** What has been watched since this edition and is not here has never been observed. */
  readonly #since: number;
  /** Whose filter was seen to match, and will match until the run's record changes. */
  #matching = new WeakSet<MetricAutomation>();

  private constructor(since: number) {
    this.#since = since;
  }

  /** For a run that has no lines yet. Every later chunk must be taken in, or these windows be thrown away. */
  static ofNewRun({ edition }: Pick<Observed, 'edition'>): RunWindows {
    return new RunWindows(edition);
  }

  /** For a run that has lines: a series lacks its values when it is first observed. */
  static ofStoredRun(): RunWindows {
    return new RunWindows(Number.NEGATIVE_INFINITY);
  }

  /** Memory that is taken, roughly, in bytes. */
  get bytes(): number {
    let bytes = BYTES.windows;
    for (const { ring } of this.#series.values()) bytes += BYTES.series + BYTES.number * ring.allocated;
    return bytes;
  }

  /** Whether a window has room for more values than that. */
  hasLongerThan(values: number): boolean {
    for (const { ring } of this.#series.values()) if (ring.allocated > values) return true;
    return false;
  }

  /** The series of which older values must be read before these rows can be folded. */
  lacking({ watches }: Observed): readonly Watch[] {
    return watches.filter((watch) => !this.#suffices(watch));
  }

  /**
   * Puts stored values in place of what is held of a series.
   *
   * @param values oldest first
   * @param complete whether these are all values ever observed
   */
  refill({ series, needs }: Watch, { edition }: Observed, values: Iterable<number>, complete: boolean): void {
    const ring = new ValueRing(needs);
    for (const value of values) ring.push(value);
    this.#series.set(series, { ring, complete, edition, watchers: [], candidates: [] });
  }

  /** Takes in rows that were judged elsewhere. Series that lack older values go on lacking them. */
  catchUp({ watches, rows, edition }: Observed): void {
    const rings = watches.map((watch) => {
      const isKnown = this.#series.has(watch.series) || watch.since <= this.#since;
      return isKnown ? this.#open(watch, edition).ring : undefined;
    });
    for (const { series, values } of rows) {
      for (let at = 0; at < values.length; at += 1) rings[series[at] as number]?.push(values[at] as number);
    }
  }

  /**
   * Takes in rows in order and judges each value by itself. How rows are cut into calls makes no difference, except
   * that `context` is that of the call. Cost: for each value, the values its watchers look at.
   *
   * @throws Error when history is {@link lacking}: a fault of the caller
   */
  fold(observed: Observed, context: FoldContext): Folded {
    const [lack] = this.lacking(observed);
    if (lack !== undefined) throw new Error(`the window of '${lack.series}' lacks stored values`);
    const folded: Folded = { firings: [], latches: new Map() };
    const folds = observed.watches.map((watch) => new SeriesFold(this.#judged(watch, observed), context, folded));
    for (const row of observed.rows) {
      for (let at = 0; at < row.values.length; at += 1) {
        folds[row.series[at] as number]?.judge(row.values[at] as number, row);
      }
    }
    return folded;
  }

  /** Automations whose filter does not match the run, and will not until its record changes: they are not judged. */
  exclude(automations: readonly MetricAutomation[]): void {
    const excluded = new Set(automations);
    for (const name of new Set(automations.flatMap(({ series }) => seriesCandidates(series)))) {
      const series = this.#series.get(name);
      if (series !== undefined) series.candidates = series.candidates.filter((automation) => !excluded.has(automation));
    }
  }

  /** The filter of an automation matches the run, and will until its record changes. */
  include(automation: MetricAutomation): void {
    this.#matching.add(automation);
  }

  /** Whether the filter is known to match the run as it is. */
  includes(automation: MetricAutomation): boolean {
    return automation.filter.fields.size === 0 || this.#matching.has(automation);
  }

  /** The run's record has changed: any filter may match it now. */
  includeAll(): void {
    this.#matching = new WeakSet();
    for (const series of this.#series.values()) series.candidates = series.watchers;
  }

  /** Gives back the memory of windows with room for more values than that; they are refilled when they are needed. */
  dropLongerThan(values: number): void {
    for (const [name, { ring }] of this.#series) {
      // kept as one that lacks its values: one that is missing could be taken for one never observed
      if (ring.allocated > values) this.#series.set(name, lost());
    }
  }

  #suffices(watch: Watch): boolean {
    const series = this.#series.get(watch.series);
    if (series === undefined) return watch.since <= this.#since;
    const { ring, complete, edition } = series;
    if (watch.since > edition) return false;
    return ring.size >= watch.needs || (complete && ring.pushed === ring.size);
  }

  /** A series with those who judge its values now: who watches a bare name looks at history once that has values. */
  #judged(watch: Watch, observed: Observed): Series {
    const series = this.#open(watch, observed.edition);
    const { bare } = watch;
    if (bare === undefined) return series;
    const isLogged = observed.has(bare.series) || this.#open(bare, observed.edition).ring.pushed > 0;
    if (!isLogged) return series;
    return { ...series, candidates: series.candidates.filter((automation) => automation.series === watch.series) };
  }

  #open(watch: Watch, edition: number): Series {
    const known = this.#series.get(watch.series);
    const series = known ?? {
      ring: new ValueRing(watch.needs),
      complete: true,
      edition,
      watchers: watch.watchers,
      candidates: watch.watchers,
    };
    if (known === undefined) this.#series.set(watch.series, series);
    series.ring.ensure(watch.needs);
    if (series.watchers !== watch.watchers) renew(series, watch.watchers);
    return series;
  }
}

function lost(): Series {
  return { ring: new ValueRing(0), complete: false, edition: Number.NEGATIVE_INFINITY, watchers: [], candidates: [] };
}

/** The automations that have taken part so far stay in or out, new ones are in. */
function renew(series: Series, watchers: readonly MetricAutomation[]): void {
  const isWhole = series.candidates.length === series.watchers.length;
  const judged = new Set(series.candidates);
  const excluded = new Set(isWhole ? [] : series.watchers.filter((automation) => !judged.has(automation)));
  series.watchers = watchers;
  series.candidates = isWhole ? watchers : watchers.filter((automation) => !excluded.has(automation));
}
