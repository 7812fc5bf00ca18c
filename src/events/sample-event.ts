import type { CapturedCollection, CapturedVersion } from './artifact-subject.ts';
import { type CapturedEvent, type EventDefinition, sentence, shortSentence } from './index.ts';
import type { CapturedRun } from './run-subject.ts';

const RUN: CapturedRun = {
  id: 'sample',
  displayName: 'sample-run',
  entity: 'sample-entity',
  project: 'sample-project',
  author: 'sample-author',
  tags: ['sample'],
  group: null,
  jobType: null,
  sweep: null,
  notes: null,
  host: null,
  config: {},
  summary: {},
  state: 'finished',
  createdAt: '2026-01-01T00:00:00.000Z',
  heartbeatAt: null,
  url: null,
};

const COLLECTION: CapturedCollection = {
  entity: 'sample-entity',
  project: 'sample-project',
  registry: null,
  name: 'sample-collection',
  kind: 'sequence',
  artifactType: 'model',
  tags: ['sample'],
  url: '',
};

const VERSION: CapturedVersion = {
  collection: COLLECTION,
  id: 'c2FtcGxl',
  index: 3,
  aliases: ['latest', 'sample-alias'],
  tags: ['sample'],
  digest: 'sample-digest',
  size: 1024,
  metadata: {},
  sourceRun: { id: 'sample', displayName: 'sample-run', config: {}, summary: {} },
  url: '',
};

const AUTHOR = 'sample-author';

/** What an automation would be told, where nothing of the kind has happened yet: every name says that it is a sample. */
export function sampleEvent(event: EventDefinition): CapturedEvent {
  switch (event.type) {
    case 'RUN_METRIC':
    case 'RUN_METRIC_CHANGE':
    case 'RUN_METRIC_ZSCORE':
      return { type: event.type, run: { ...RUN, state: 'running' }, metric: sampleMetric(event) };
    case 'RUN_STATE':
      return { type: event.type, state: 'FINISHED', exactState: 'finished', run: RUN };
    case 'CREATE_ARTIFACT':
    case 'LINK_MODEL':
    case 'UNLINK_ARTIFACT':
      return { type: event.type, author: AUTHOR, version: VERSION };
    case 'ADD_ARTIFACT_ALIAS':
      return { type: event.type, author: AUTHOR, version: VERSION, alias: 'sample-alias', previousVersion: 2 };
    case 'ADD_ARTIFACT_TAG':
    case 'REMOVE_ARTIFACT_TAG':
      return { type: event.type, author: AUTHOR, version: VERSION, tag: 'sample' };
    case 'ADD_COLLECTION_TAG':
    case 'REMOVE_COLLECTION_TAG':
      return { type: event.type, author: AUTHOR, collection: COLLECTION, tag: 'sample' };
  }
}

function sampleMetric(event: Extract<EventDefinition, { metric: string }>) {
  return {
    name: event.metric,
    values: [0.25, 0.5, 0.75],
    current: 0.75,
    line: 2,
    step: 2,
    timestamp: null,
    filter: sentence(event),
    filterShort: shortSentence(event),
    status: `${event.metric} = 0.75`,
  };
}
