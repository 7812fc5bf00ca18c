import type { RunState } from '../events/run-state.ts';
import type { ReportedState } from '../model/run-state.ts';
import type { LiveAutomation, MetricAutomation } from './automation.ts';
import { listed } from './listing.ts';
import type { ScopedIndex } from './scoped-index.ts';
import { bareNameOf, type Stream, streamOf } from './series-names.ts';

/** The live automations of an organization as they are now, by what they wait for. */
export interface Rules {
  /** Moves with every patch. */
  readonly edition: number;
  /** By the series that is watched. */
  readonly metrics: ScopedIndex<MetricAutomation>;
  /** By each state that is watched. */
  readonly states: ScopedIndex<LiveAutomation<RunState>>;
}

/** Who watches a series, as it was at one moment. It never changes. */
export interface Watch {
  readonly series: string;
  /** Oldest first, at least one. */
  readonly watchers: readonly MetricAutomation[];
  /** The largest number of values that one of them looks at. */
  readonly needs: number;
  /** The edition since which there has always been one. */
  readonly since: number;
  /**
   * Of a system series some of whose watchers gave its bare name: the history series of that name. Once the run has
   * values there, they look there and not here (automations, section 2.5).
   */
  readonly bare: Watch | undefined;
}

/** The automations that may fire for the runs of one project, from all scopes above it, as they are when asked. */
export class RunPlan {
  readonly #rules: Rules;
  readonly #scopes: readonly string[];
  /** The watched series that were asked for in one edition. */
  readonly #watches = new Map<string, Watch>();
  #edition = 0;

  constructor(rules: Rules, scopes: readonly string[]) {
    this.#rules = rules;
    this.#scopes = scopes;
  }

  /** The edition of the rulebook that answers now. */
  get edition(): number {
    return this.#rules.edition;
  }

  /** Whether any metric is watched. */
  get watchesMetrics(): boolean {
    return this.#scopes.some((scope) => this.#rules.metrics.has(scope));
  }

  /** Who watches a name that is found in the lines of one stream; `undefined` when nobody does. */
  watch(stream: Stream, name: string): Watch | undefined {
    if (streamOf(name) !== stream) return undefined;
    if (this.#edition !== this.edition) this.#watches.clear();
    this.#edition = this.edition;
    const watch = this.#watches.get(name) ?? this.#look(name);
    if (watch !== undefined) this.#watches.set(name, watch);
    return watch;
  }

  /** Who watches a run enter a state, oldest first. There is no limit of once in 24 hours: each real change fires. */
  entering(state: ReportedState): readonly LiveAutomation<RunState>[] {
    return listed(this.#rules.states.find(state, this.#scopes));
  }

  #look(series: string): Watch | undefined {
    const bareName = bareNameOf(series);
    const bare = bareName === undefined ? undefined : this.watch('history', bareName);
    const listings = [series, ...(bare === undefined ? [] : [bare.series])].flatMap((name) =>
      this.#rules.metrics.find(name, this.#scopes),
    );
    if (listings.length === 0) return undefined;
    const watchers = listed(listings);
    return {
      series,
      watchers,
      needs: watchers.reduce((most, { needs }) => Math.max(most, needs), 0),
      since: listings.reduce((first, { since }) => Math.min(first, since), Number.POSITIVE_INFINITY),
      bare,
    };
  }
}
