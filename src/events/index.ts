import { z } from 'zod';
import type { Filter } from '../filter/filter.ts';
import { filterWords } from '../filter/filter-words.ts';
import {
  ARTIFACT_EVENT_KINDS,
  ARTIFACT_EVENT_SCHEMAS,
  type ArtifactEventDefinition,
  type CapturedArtifactEvent,
} from './artifact-events.ts';
import { automationTrouble, type CapturedAutomationTrouble } from './automation-trouble.ts';
import { type CapturedIntegrationTrouble, integrationTrouble } from './integration-trouble.ts';
import type { CapturedKind, EventKind, Whereabouts, Words } from './kind.ts';
import { type CapturedRunAlert, runAlert } from './run-alert.ts';
import { type CapturedRunMetric, type RunMetric, runMetric, runMetricSchema } from './run-metric.ts';
import {
  type CapturedRunMetricChange,
  type RunMetricChange,
  runMetricChange,
  runMetricChangeSchema,
} from './run-metric-change.ts';
import {
  type CapturedRunMetricZScore,
  type RunMetricZScore,
  runMetricZScore,
  runMetricZScoreSchema,
} from './run-metric-zscore.ts';
import { type CapturedRunState, type RunState, runState, runStateSchema } from './run-state.ts';

/** When an automation fires that watches runs. */
export type RunEventDefinition = RunMetric | RunMetricChange | RunMetricZScore | RunState;
/** What happened to a run, as stored. */
export type CapturedRunEvent = CapturedRunMetric | CapturedRunMetricChange | CapturedRunMetricZScore | CapturedRunState;
/** When an automation fires. */
export type EventDefinition = RunEventDefinition | ArtifactEventDefinition;
/** What happened, as stored. */
export type CapturedEvent =
  | CapturedRunEvent
  | CapturedArtifactEvent
  | CapturedRunAlert
  | CapturedIntegrationTrouble
  | CapturedAutomationTrouble;
/** The wire value of an event type. */
export type EventType = EventDefinition['type'];

/** An event definition as the database holds it and as REST takes it. */
export const eventSchema = z.discriminatedUnion('type', [
  runMetricSchema,
  runMetricChangeSchema,
  runMetricZScoreSchema,
  runStateSchema,
  ...ARTIFACT_EVENT_SCHEMAS,
]);

const KINDS = {
  RUN_METRIC: runMetric,
  RUN_METRIC_CHANGE: runMetricChange,
  RUN_METRIC_ZSCORE: runMetricZScore,
  RUN_STATE: runState,
  ...ARTIFACT_EVENT_KINDS,
} as const;

/** What automations wait for, and what people are told of without one. */
const CAPTURED_KINDS = {
  ...KINDS,
  RUN_ALERT: runAlert,
  INTEGRATION_TROUBLE: integrationTrouble,
  AUTOMATION_TROUBLE: automationTrouble,
} as const;

export const EVENT_TYPES = Object.keys(KINDS) as readonly EventType[];

/** Those that executions answer: the same, and what people are told of without an automation. */
export const CAPTURED_TYPES = Object.keys(CAPTURED_KINDS) as readonly CapturedEvent['type'][];

/** Whether a wire value names an event type that can be created. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(KINDS, type);
}

type Definition<Type extends EventType> = Extract<EventDefinition, { type: Type }>;
type Captured<Type extends EventType> = Extract<CapturedEvent, { type: Type }>;

/** Everything particular to an event type. */
export function kindOf<Type extends EventType>(type: Type): EventKind<Definition<Type>, Captured<Type>> {
  // The compiler cannot see that a key and its entry belong together; the catalogue above is checked by its users.
  return KINDS[type] as unknown as EventKind<Definition<Type>, Captured<Type>>;
}

/** Everything particular to what happened, to be asked about that very event. */
export function capturedKindOf(captured: CapturedEvent): CapturedKind<CapturedEvent> {
  // as above
  return CAPTURED_KINDS[captured.type] as unknown as CapturedKind<CapturedEvent>;
}

/** Who caused an event, and where it happened. */
export function whereabouts(captured: CapturedEvent): Whereabouts {
  return capturedKindOf(captured).whereabouts(captured);
}

/** What an event says in its own words; `undefined` when it has none. */
export function wordsOf(captured: CapturedEvent): Words | undefined {
  return capturedKindOf(captured).words?.(captured);
}

/** Which runs or artifacts an automation is about. @throws TriplineError invalid when this version refuses its filter */
export function filterOf<Type extends EventType>(event: Definition<Type>): Filter {
  return kindOf<Type>(event.type as Type).filter(event);
}

/** The condition in words: `AVERAGE(loss) over the last 5 values > 0.6`. */
export function sentence<Type extends EventType>(event: Definition<Type>): string {
  return kindOf<Type>(event.type as Type).sentence(event);
}

/** The condition, and which runs or artifacts it is about: `loss > 0.6, of runs where display_name matches /^train/`. */
export function wholeSentence(event: EventDefinition): string {
  const about = 'runFilter' in event ? filterWords(filterOf(event)) : '';
  return about === '' ? sentence(event) : `${sentence(event)}, of runs where ${about}`;
}

/** The condition in few words: `AVERAGE(loss) > 0.6`. */
export function shortSentence<Type extends EventType>(event: Definition<Type>): string {
  return kindOf<Type>(event.type as Type).shortSentence(event);
}

/** What happened, as a sentence for people: a template over the variables of the event. */
export function happened(captured: CapturedEvent): string {
  return capturedKindOf(captured).happened;
}

/** The values that a metric event judged, newest last; none for other events. */
export function judgedValues(captured: CapturedEvent): readonly number[] {
  return 'metric' in captured ? captured.metric.values : [];
}
