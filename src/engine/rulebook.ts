import type { RunState } from '../events/run-state.ts';
import type { AutomationId, EntityId, ProjectId, TenantId } from '../model/ids.ts';
import { keysOf } from './artifact-keys.ts';
import {
  type ArtifactAutomation,
  isArtifactAutomation,
  isMetricAutomation,
  isStateAutomation,
  type LiveAutomation,
  type MetricAutomation,
} from './automation.ts';
import { RunPlan } from './run-plan.ts';
import { ScopedIndex } from './scoped-index.ts';

/** Where a run lies. */
export interface RunPlace {
  /** The entity of the organization. */
  readonly rootId: EntityId;
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
}

/** One automation as it is after an edit. */
export interface RulebookChange {
  readonly id: AutomationId;
  /** `undefined` when it does not fire: disabled, deleted, or beyond what this version understands. */
  readonly automation: LiveAutomation | undefined;
}

/**
 * The live automations of one organization. It changes in place: an edit costs what it changes, however many
 * automations there are, and asking costs what is found (data model, section 3).
 */
export class Rulebook {
  readonly #live = new Map<AutomationId, LiveAutomation>();
  readonly #metrics = new ScopedIndex<MetricAutomation>();
  readonly #states = new ScopedIndex<LiveAutomation<RunState>>();
  readonly #artifacts = new ScopedIndex<ArtifactAutomation>();
  readonly #plans = new Map<string, RunPlan>();
  #version = '0';
  #edition = 0;

  /** The version of the organization's rulebook that it reflects; '0' at first. */
  get version(): string {
    return this.#version;
  }

  get edition(): number {
    return this.#edition;
  }

  get metrics(): ScopedIndex<MetricAutomation> {
    return this.#metrics;
  }

  get states(): ScopedIndex<LiveAutomation<RunState>> {
    return this.#states;
  }

  /** By the type of event that is watched, and a text that the filter asks for (`artifact-keys.ts`). */
  get artifacts(): ScopedIndex<ArtifactAutomation> {
    return this.#artifacts;
  }

  /** Takes in some of what changed since {@link version}; {@link reach} ends it. Until then what was counts too. */
  patch(changes: readonly RulebookChange[]): void {
    this.#edition += 1;
    for (const change of changes) this.#replace(change);
  }

  /** All changes up to a version have been taken in. */
  reach(version: string): void {
    this.#version = version;
  }

  /** What may fire for the runs of a project: its own automations, its team's and its organization's. */
  plan(place: RunPlace): RunPlan {
    const key = `${place.tenantId}/${place.projectId}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const plan = new RunPlan(this, projectScopes(place));
    this.#plans.set(key, plan);
    return plan;
  }

  /** What stays watched is watched without a break: the new one comes before the old one goes. */
  #replace({ id, automation }: RulebookChange): void {
    const previous = this.#live.get(id);
    if (automation === undefined) {
      this.#live.delete(id);
    } else {
      this.#live.set(id, automation);
      this.#add(automation);
    }
    if (previous !== undefined && previous !== automation) this.#remove(previous);
  }

  #add(automation: LiveAutomation): void {
    const scope = scopeOf(automation);
    if (isMetricAutomation(automation)) this.#metrics.add(automation.series, scope, automation, this.#edition);
    if (isArtifactAutomation(automation)) {
      for (const key of keysOf(automation)) this.#artifacts.add(key, scope, automation, this.#edition);
    }
    if (!isStateAutomation(automation)) return;
    for (const state of automation.event.states) this.#states.add(state, scope, automation, this.#edition);
  }

  #remove(automation: LiveAutomation): void {
    const scope = scopeOf(automation);
    if (isMetricAutomation(automation)) this.#metrics.remove(automation.series, scope, automation);
    if (isArtifactAutomation(automation)) {
      for (const key of keysOf(automation)) this.#artifacts.remove(key, scope, automation);
    }
    if (!isStateAutomation(automation)) return;
    for (const state of automation.event.states) this.#states.remove(state, scope, automation);
  }
}

/** The scopes that a project lies in. */
export function projectScopes({ rootId, tenantId, projectId }: RunPlace): readonly string[] {
  return [...new Set([`entity:${rootId}`, `entity:${tenantId}`, `project:${projectId}`])];
}

function scopeOf({ scope }: LiveAutomation): string {
  return `${scope.kind}:${scope.id}`;
}
