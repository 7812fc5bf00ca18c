import type { CapturedEvent } from '../events/index.ts';

/** What a webhook is tried with where nothing has happened yet; every name says that it is one. */
export const SAMPLE_EVENT: CapturedEvent = {
  type: 'RUN_STATE',
  state: 'FINISHED',
  exactState: 'finished',
  run: {
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
  },
};
