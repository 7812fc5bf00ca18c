import type { EventDefinition } from '../events/index.ts';
import type { RunMetric } from '../events/run-metric.ts';
import { asId, type EntityId, type ProjectId } from '../model/ids.ts';
import { type AutomationRecord, compile } from './automation.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { Rulebook, type RulebookChange, type RunPlace } from './rulebook.ts';
import type { RunPlan } from './run-plan.ts';

/** Examples for the tests of the engine. */
export const PLACE: RunPlace = {
  rootId: asId<EntityId>('1'),
  tenantId: asId<EntityId>('2'),
  projectId: asId<ProjectId>('3'),
};

/** The condition `loss > 10`, or what is said otherwise. */
export function threshold(fields: Partial<RunMetric> = {}): RunMetric {
  return {
    type: 'RUN_METRIC',
    runFilter: { $and: [] },
    metric: 'loss',
    aggregation: null,
    window: 1,
    comparison: '$gt',
    threshold: 10,
    ...fields,
  };
}

/** An enabled automation of the example project. */
export function automation(
  id: string,
  event: EventDefinition,
  fields: Partial<AutomationRecord> = {},
): AutomationRecord {
  return {
    id: asId(id),
    revision: 1,
    conditionRevision: 1,
    tenantId: PLACE.tenantId,
    scope: { kind: 'project', id: PLACE.projectId },
    name: `automation ${id}`,
    ...DEFAULT_OPTIONS,
    event,
    action: { type: 'NO_OP' },
    createdAt: 0,
    ...fields,
  };
}

/** An automation that is made or edited. */
export function change(record: AutomationRecord): RulebookChange {
  return { id: record.id, automation: compile(record) };
}

/** A rulebook of these automations. */
export function bookOf(...records: readonly AutomationRecord[]): Rulebook {
  const book = new Rulebook();
  book.patch(records.map(change));
  return book;
}

/** The plan of the example project when these are all automations. */
export function planOf(...records: readonly AutomationRecord[]): RunPlan {
  return bookOf(...records).plan(PLACE);
}
