import type { EventDefinition, EventType } from '../events/index.ts';
import { type LiveAutomation, type MetricAutomation, type Stream, streamOf } from './automation.ts';

type Listener<Type extends EventType> = LiveAutomation<Extract<EventDefinition, { type: Type }>>;

/** The live automations of one scope. Never changed once made: an edit makes a new one. */
export interface ScopeRules {
  readonly metrics: ReadonlyMap<string, readonly MetricAutomation[]>;
  /** Automations that watch no metric, by event type. */
  readonly events: ReadonlyMap<EventType, readonly LiveAutomation[]>;
}

/**
 * The automations that may fire for the runs of one project, from all scopes above it. A plan never changes;
 * an edit of the rulebook makes new plans.
 */
export class RunPlan {
  readonly #scopes: readonly ScopeRules[];
  readonly #watchers = new Map<string, readonly MetricAutomation[]>();
  #metrics: ReadonlySet<string> | undefined;

  constructor(scopes: readonly ScopeRules[]) {
    this.#scopes = scopes;
  }

  /** Names of all series that some automation watches. */
  get metrics(): ReadonlySet<string> {
    this.#metrics ??= new Set(this.#scopes.flatMap((scope) => [...scope.metrics.keys()]));
    return this.#metrics;
  }

  /** Whether some automation watches a series. */
  watches(series: string): boolean {
    return this.#scopes.some((scope) => scope.metrics.has(series));
  }

  /** {@link watches} for the names found in the lines of one stream. */
  watchedIn(stream: Stream): (name: string) => boolean {
    return (name) => streamOf(name) === stream && this.watches(name);
  }

  /** The automations that watch a series, oldest first. */
  watchersOf(series: string): readonly MetricAutomation[] {
    const known = this.#watchers.get(series);
    if (known !== undefined) return known;
    const watchers = byAge(this.#scopes.flatMap((scope) => scope.metrics.get(series) ?? []));
    if (watchers.length > 0) this.#watchers.set(series, watchers);
    return watchers;
  }

  /** The largest number of values that a watcher of a series looks at; 0 when nobody does. */
  longest(series: string): number {
    return this.watchersOf(series).reduce((longest, { needs }) => Math.max(longest, needs), 0);
  }

  /** The automations for an event that is no metric's, oldest first. */
  listeners<Type extends EventType>(type: Type): readonly Listener<Type>[] {
    const found = this.#scopes.flatMap((scope) => scope.events.get(type) ?? []);
    return byAge(found) as readonly Listener<Type>[];
  }
}

function byAge<Automation extends LiveAutomation>(automations: Automation[]): readonly Automation[] {
  return automations.sort((left, right) => left.id.length - right.id.length || (left.id < right.id ? -1 : 1));
}
