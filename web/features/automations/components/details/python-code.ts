import type { Automation } from '../../api/list-automations.ts';

const CLASSES = {
  RUN_METRIC: 'OnRunMetric',
  RUN_METRIC_CHANGE: 'OnRunMetric',
  RUN_METRIC_ZSCORE: 'OnRunMetric',
  RUN_STATE: 'OnRunState',
  CREATE_ARTIFACT: 'OnCreateArtifact',
  LINK_MODEL: 'OnLinkArtifact',
  UNLINK_ARTIFACT: 'OnUnlinkArtifact',
  ADD_ARTIFACT_ALIAS: 'OnAddArtifactAlias',
  ADD_ARTIFACT_TAG: 'OnAddArtifactTag',
  REMOVE_ARTIFACT_TAG: 'OnRemoveArtifactTag',
  ADD_COLLECTION_TAG: 'OnAddCollectionTag',
  REMOVE_COLLECTION_TAG: 'OnRemoveCollectionTag',
} as const satisfies Record<Automation['event']['type'], string>;

const ACTIONS = {
  GENERIC_WEBHOOK: 'SendWebhook',
  NOTIFICATION: 'SendNotification',
  NO_OP: 'DoNothing',
} as const satisfies Record<Automation['action']['type'], string>;

/** The same automation as a script for the wandb client; what the client cannot say stands in a comment. */
export function pythonCode(automation: Automation): string {
  const { name, description, enabled, event, action } = automation;
  const more = [
    `name=${python(name)}`,
    ...(description === null ? [] : [`description=${python(description)}`]),
    ...(enabled ? [] : ['enabled=False']),
  ];
  return [
    'import wandb',
    `from wandb.automations import ${[CLASSES[event.type], ACTIONS[action.type]].toSorted().join(', ')}`,
    ...eventImports(event),
    '',
    'api = wandb.Api()',
    ...remarks(automation).map((words) => `# ${words}`),
    `scope = ${scopeCode(automation)}`,
    `event = ${CLASSES[event.type]}(scope=scope, filter=${filterCode(event)})`,
    ...actionCode(automation),
    `api.create_automation(event >> action, ${more.join(', ')})`,
    '',
  ].join('\n');
}

/** The classes of a condition; one of them is not among what the client's package lists. */
function eventImports(event: Automation['event']): string[] {
  switch (event.type) {
    case 'RUN_METRIC':
      return metricImports('MetricThresholdFilter');
    case 'RUN_METRIC_CHANGE':
      return metricImports('MetricChangeFilter');
    case 'RUN_METRIC_ZSCORE':
      return metricImports('MetricZScoreFilter');
    case 'RUN_STATE':
      return ['from wandb.automations import RunStateFilter'];
    default:
      return [];
  }
}

function metricImports(filter: string): string[] {
  return [`from wandb.automations import ${filter}`, 'from wandb.automations.events import RunMetricFilter'];
}

function scopeCode({ entity, scope }: Automation): string {
  switch (scope.kind) {
    case 'entity':
      return `api.team(${python(entity)})`;
    case 'project':
      return `api.project(${python(scope.project)}, entity=${python(entity)})`;
    case 'collection':
      return `api.artifact_collection("TYPE", ${python(`${entity}/${scope.project}/${scope.collection}`)})`;
  }
}

function filterCode(event: Automation['event']): string {
  switch (event.type) {
    case 'RUN_METRIC': {
      const { metric: name, aggregation: agg, window, comparison: cmp, threshold } = event;
      return ofMetric(event.runFilter, 'MetricThresholdFilter', {
        ...{ name, agg, window, cmp, threshold },
      });
    }
    case 'RUN_METRIC_CHANGE': {
      const { metric: name, aggregation: agg, currentWindow: window, priorWindow: prior_window } = event;
      const { changeType: change_type, direction: change_dir, amount: threshold } = event;
      return ofMetric(event.runFilter, 'MetricChangeFilter', {
        ...{ name, agg, window, prior_window, change_type, change_dir, threshold },
      });
    }
    case 'RUN_METRIC_ZSCORE': {
      const { metric: name, window, threshold, direction: change_dir } = event;
      return ofMetric(event.runFilter, 'MetricZScoreFilter', {
        ...{ name, window, threshold, change_dir },
      });
    }
    case 'RUN_STATE':
      return `RunStateFilter(run=${python(event.runFilter)}, state=${python({ states: event.states })})`;
    default:
      return python(event.filter);
  }
}

function ofMetric(runs: unknown, filter: string, members: object): string {
  const inside = Object.entries(members).map(([name, value]) => `${name}=${python(value)}`);
  return `RunMetricFilter(\n    run=${python(runs)},\n    metric=${filter}(${inside.join(', ')}),\n)`;
}

function actionCode({ action, destination, entity }: Automation): string[] {
  if (action.type === 'NO_OP') return ['action = DoNothing()'];
  const slack = action.type === 'NOTIFICATION';
  const list = slack ? 'slack_integrations' : 'webhook_integrations';
  const title = slack ? 'channel_name' : 'name';
  const found = `each for each in api.${list}(entity=${python(entity)}) if each.${title} == ${python(destination)}`;
  const said = slack
    ? { title: action.title, message: action.message, level: action.severity }
    : { payload: action.payload ?? {} };
  const members = Object.entries(said).map(([name, value]) => `${name}=${python(value)}`);
  const made = `${ACTIONS[action.type]}.from_integration(integration, ${members.join(', ')})`;
  return [`integration = next(${found})`, `action = ${made}`];
}

/** What the wandb client has no words for. */
function remarks({ event, scope, policy, settleSeconds, backfill, dryRun, floodLimits }: Automation): string[] {
  const found: string[] = [];
  if (event.type === 'CREATE_ARTIFACT' && scope.kind !== 'collection')
    found.push('The client takes this event for a collection only; Tripline takes it here too, over REST.');
  if (event.type === 'RUN_METRIC' && (event.comparison === '$eq' || event.comparison === '$ne'))
    found.push('The client does not know this comparison; Tripline takes it over REST.');
  const others = policy.kind !== 'default' || settleSeconds > 0 || backfill.kind !== 'fire';
  if (others || dryRun || floodLimits !== null)
    found.push('Its options are not known to the client: set them here, or over REST. Edits by the client keep them.');
  if (scope.kind === 'collection') found.push('TYPE is the type of the artifacts in the collection.');
  return found;
}

/** A JSON value as Python writes it. */
function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${python(inner)}`)
    .join(', ')}}`;
}
