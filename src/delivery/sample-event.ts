import type { CapturedEvent } from '../events/index.ts';
import { sampleEvent } from '../events/sample-event.ts';

/** What a webhook is tried with where nothing has happened yet. */
export const SAMPLE_EVENT: CapturedEvent = sampleEvent({
  type: 'RUN_STATE',
  states: ['FINISHED'],
  runFilter: { $and: [] },
});
