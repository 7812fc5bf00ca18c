import type { EventType } from '../events/index.ts';
import type { AutomationId, EntityId, ProjectId, TenantId } from '../model/ids.ts';
import { type AutomationRecord, compile, isMetricAutomation, type LiveAutomation } from './automation.ts';
import { RunPlan, type ScopeRules } from './run-plan.ts';

/** Where a run lies. */
export interface RunPlace {
  /** The entity of the organization. */
  readonly rootId: EntityId;
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
}

/** An automation that could not be made ready, so that it does not fire. */
export interface RulebookFault {
  readonly automationId: AutomationId;
  readonly error: unknown;
}

/**
 * The compiled live automations of one organization, by scope and metric name. Patched with the rows that
 * changed; what did not change is not compiled again (data model, section 3).
 */
export class Rulebook {
  readonly #live = new Map<AutomationId, LiveAutomation>();
  readonly #scopes = new Map<string, ScopeRules>();
  readonly #plans = new Map<string, RunPlan>();
  #version = '0';

  /** The version of the organization's rulebook that it reflects; '0' before the first patch. */
  get version(): string {
    return this.#version;
  }

  /**
   * Takes in the rows changed since {@link version}, tombstones included. A patch that another one has overtaken
   * is ignored: its rows are older than what is known.
   *
   * @returns the automations whose filter cannot be compiled; they are left out
   */
  patch(rows: readonly AutomationRecord[], version: string): readonly RulebookFault[] {
    if (BigInt(version) <= BigInt(this.#version)) return [];
    const faults: RulebookFault[] = [];
    const touched = new Map<string, Draft>();
    for (const row of rows) {
      const fault = this.#replace(row, touched);
      if (fault !== undefined) faults.push(fault);
    }
    for (const [scope, draft] of touched) this.#scopes.set(scope, draft);
    this.#plans.clear();
    this.#version = version;
    return faults;
  }

  /** What may fire for the runs of a project: its own automations, its team's and its organization's. */
  plan({ rootId, tenantId, projectId }: RunPlace): RunPlan {
    const key = `${tenantId}/${projectId}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const scopes = new Set([`entity:${rootId}`, `entity:${tenantId}`, `project:${projectId}`]);
    const plan = new RunPlan([...scopes].flatMap((scope) => this.#scopes.get(scope) ?? []));
    this.#plans.set(key, plan);
    return plan;
  }

  #replace(row: AutomationRecord, touched: Map<string, Draft>): RulebookFault | undefined {
    const previous = this.#live.get(row.id);
    if (previous !== undefined) remove(this.#draft(previous, touched), previous);
    this.#live.delete(row.id);
    if (!row.enabled || row.deleted) return undefined;
    try {
      const automation = compile(row);
      this.#live.set(row.id, automation);
      add(this.#draft(automation, touched), automation);
      return undefined;
    } catch (error) {
      return { automationId: row.id, error };
    }
  }

  #draft({ scope }: AutomationRecord, touched: Map<string, Draft>): Draft {
    const key = `${scope.kind}:${scope.id}`;
    const rules = this.#scopes.get(key);
    const draft = touched.get(key) ?? { metrics: new Map(rules?.metrics), events: new Map(rules?.events) };
    touched.set(key, draft);
    return draft;
  }
}

/** The rules of a scope while a patch changes them; its lists are replaced, never changed. */
interface Draft extends ScopeRules {
  readonly metrics: Map<string, ScopeRules['metrics'] extends ReadonlyMap<string, infer List> ? List : never>;
  readonly events: Map<EventType, readonly LiveAutomation[]>;
}

function add(draft: Draft, automation: LiveAutomation): void {
  if (isMetricAutomation(automation)) {
    draft.metrics.set(automation.series, [...(draft.metrics.get(automation.series) ?? []), automation]);
  } else {
    const { type } = automation.event;
    draft.events.set(type, [...(draft.events.get(type) ?? []), automation]);
  }
}

function remove(draft: Draft, automation: LiveAutomation): void {
  if (isMetricAutomation(automation)) without(draft.metrics, automation.series, automation.id);
  else without(draft.events, automation.event.type, automation.id);
}

function without<Key, Automation extends LiveAutomation>(
  lists: Map<Key, readonly Automation[]>,
  key: Key,
  id: AutomationId,
): void {
  const rest = (lists.get(key) ?? []).filter((automation) => automation.id !== id);
  if (rest.length === 0) lists.delete(key);
  else lists.set(key, rest);
}
