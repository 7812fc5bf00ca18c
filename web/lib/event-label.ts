import type { getEntityExecutions } from './api/generated.ts';
import { nameIn } from './name-in.ts';

type Query = typeof getEntityExecutions.query.def.shape;
type EventType = Query['event']['def']['innerType']['def']['element']['options'][number];

const LABELS: Readonly<Record<EventType, string>> = {
  RUN_METRIC: 'Metric crossed a threshold',
  RUN_METRIC_CHANGE: 'Metric changed',
  RUN_METRIC_ZSCORE: 'Metric left its usual range',
  RUN_STATE: 'Run changed state',
  CREATE_ARTIFACT: 'Version created',
  LINK_MODEL: 'Version linked',
  UNLINK_ARTIFACT: 'Version unlinked',
  ADD_ARTIFACT_ALIAS: 'Alias added',
  ADD_ARTIFACT_TAG: 'Tag added to a version',
  REMOVE_ARTIFACT_TAG: 'Tag removed from a version',
  ADD_COLLECTION_TAG: 'Tag added to a collection',
  REMOVE_COLLECTION_TAG: 'Tag removed from a collection',
  RUN_ALERT: 'Run sent an alert',
  INTEGRATION_TROUBLE: 'Integration in trouble',
  AUTOMATION_TROUBLE: 'Automation in trouble',
};

const isKnown = nameIn(LABELS);

/** An event in words; one that this page does not know by its own name. */
export function eventLabel(type: string): string {
  return isKnown(type) ? LABELS[type] : type;
}
