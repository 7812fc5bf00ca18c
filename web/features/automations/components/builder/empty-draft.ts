import type { ActionDraft, Draft, EventDraft, EventDraftOf, EventType, OptionsDraft } from './draft.ts';

const EVERY_ONE = { conditions: [], advanced: '' };
const EVERY_RUN = { user: '', name: '', ...EVERY_ONE };

/** An event of a type before anything of it is filled in, with the client's defaults. */
export function emptyEvent(type: EventType, metric = ''): EventDraft {
  switch (type) {
    case 'RUN_METRIC':
      return { type, metric, aggregation: 'NONE', window: '1', comparison: '$gt', threshold: '', runs: EVERY_RUN };
    case 'RUN_METRIC_CHANGE':
      return {
        ...{ type, metric, aggregation: 'NONE', currentWindow: '1', priorWindow: '1' },
        ...{ changeType: 'RELATIVE', direction: 'ANY', amount: '', runs: EVERY_RUN },
      };
    case 'RUN_METRIC_ZSCORE':
      return { type, metric, window: '30', threshold: '3', direction: 'ANY', runs: EVERY_RUN };
    case 'RUN_STATE':
      return { type, states: [], runs: EVERY_RUN };
    default:
      return { type, artifacts: { pattern: '', ...EVERY_ONE } };
  }
}

/** Another type of event; what both have stays. */
export function changedEvent(event: EventDraft, type: EventType): EventDraft {
  const next = emptyEvent(type, 'metric' in event ? event.metric : '');
  if ('runs' in next && 'runs' in event) return { ...next, runs: event.runs };
  return next;
}

export function emptyAction(type: ActionDraft['type']): ActionDraft {
  switch (type) {
    case 'GENERIC_WEBHOOK':
      return { type, integrationId: '', payload: '' };
    case 'NOTIFICATION':
      return { type, integrationId: '', title: '', message: '', severity: 'INFO' };
    case 'NO_OP':
      return { type };
  }
}

/** As W&B. */
export const DEFAULT_OPTIONS: OptionsDraft = {
  policy: 'default',
  cooldownSeconds: '3600',
  settleSeconds: '0',
  ignoreOlderThan: '',
  dryRun: false,
  atOnce: '',
  perMinute: '',
  waiting: '',
  perDay: '',
};

/** Where one stands when one begins: an address may say more than the entity. */
export interface Beginning {
  readonly entity: string;
  readonly project?: string | undefined;
  readonly collection?: string | undefined;
  readonly type?: EventType | undefined;
  readonly metric?: string | undefined;
  /** A regular expression for the names of runs. */
  readonly runs?: string | undefined;
  /** What a plot has chosen of a threshold. */
  readonly comparison?: Threshold['comparison'] | undefined;
  readonly value?: string | undefined;
  readonly aggregation?: Threshold['aggregation'] | undefined;
  readonly window?: string | undefined;
  /** What is done, and by which integration. */
  readonly action?: ActionDraft['type'] | undefined;
  readonly integration?: string | undefined;
}

type Threshold = EventDraftOf<'RUN_METRIC'>;

export function emptyDraft({ type = 'RUN_METRIC', metric, runs = '', ...beginning }: Beginning): Draft {
  const event = withThreshold(emptyEvent(type, metric), beginning);
  return {
    name: '',
    description: '',
    enabled: true,
    entity: beginning.entity,
    scope: scopeOf(beginning),
    event: 'runs' in event ? { ...event, runs: { ...event.runs, name: runs } } : event,
    action: withIntegration(emptyAction(beginning.action ?? 'GENERIC_WEBHOOK'), beginning.integration),
    options: DEFAULT_OPTIONS,
  };
}

function withThreshold(event: EventDraft, { comparison, value, aggregation, window }: Beginning): EventDraft {
  if (event.type !== 'RUN_METRIC') return event;
  return {
    ...event,
    comparison: comparison ?? event.comparison,
    threshold: value ?? event.threshold,
    aggregation: aggregation ?? event.aggregation,
    window: window ?? event.window,
  };
}

function withIntegration(action: ActionDraft, integrationId: string | undefined): ActionDraft {
  return integrationId === undefined || action.type === 'NO_OP' ? action : { ...action, integrationId };
}

function scopeOf({ project, collection }: Pick<Beginning, 'project' | 'collection'>): Draft['scope'] {
  if (project === undefined) return { kind: 'entity' };
  return collection === undefined ? { kind: 'project', project } : { kind: 'collection', project, collection };
}
