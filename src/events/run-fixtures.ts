import type { Occasion } from './occasion.ts';
import type { CapturedRunMetric } from './run-metric.ts';
import type { CapturedRunState } from './run-state.ts';
import type { CapturedRun } from './run-subject.ts';

/** Examples for tests. */
export const RUN: CapturedRun = {
  id: 'abc',
  displayName: 'fancy-moon-1',
  entity: 'team',
  project: 'proj',
  author: 'ann',
  tags: ['a', 'b'],
  group: null,
  jobType: 'train',
  sweep: null,
  notes: null,
  host: 'box',
  config: { lr: 0.1, optimizer: { name: 'adam' } },
  summary: { acc: 0.9, bad: Number.POSITIVE_INFINITY },
  state: 'running',
  createdAt: '2026-01-02T03:04:05.000Z',
  heartbeatAt: null,
  url: 'https://host/team/proj/runs/abc',
};
export const OCCASION: Occasion = {
  executionId: 'exe_1_2_3_0',
  eventId: '42',
  occurredAt: Date.UTC(2026, 0, 1),
  automation: { id: '7', name: 'watch', url: 'https://host/automations/7' },
  scope: { kind: 'project', id: '5', name: 'proj' },
};
export const METRIC: CapturedRunMetric = {
  type: 'RUN_METRIC',
  run: RUN,
  metric: {
    name: 'loss',
    values: [0.7, 0.72, Number.POSITIVE_INFINITY],
    current: Number.POSITIVE_INFINITY,
    line: 12,
    step: 11,
    timestamp: 1.5,
    filter: 'AVERAGE(loss) over the last 3 values > 0.6',
    filterShort: 'AVERAGE(loss) > 0.6',
    status: 'AVERAGE(loss) = Infinity',
  },
};
export const STATE: CapturedRunState = {
  type: 'RUN_STATE',
  run: { ...RUN, state: 'crashed' },
  state: 'FAILED',
  exactState: 'crashed',
};
