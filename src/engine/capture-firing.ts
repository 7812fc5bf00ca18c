import type { CapturedMetric } from '../events/captured-metric.ts';
import { type CapturedEvent, sentence, shortSentence } from '../events/index.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import { measuredWords } from './measured-words.ts';
import type { Firing } from './series-fold.ts';

/** The event of a firing, complete: every text that a payload may ask for is made now. */
export function captureFiring({ automation, line, step, timestamp, verdict }: Firing, run: CapturedRun): CapturedEvent {
  const { event } = automation;
  const { fires: _, reason: __, values, ...measures } = verdict;
  const metric: CapturedMetric = {
    ...measures,
    name: event.metric,
    values,
    line,
    step,
    timestamp,
    filter: sentence(event),
    filterShort: shortSentence(event),
    status: measuredWords(event, measures),
  };
  return { type: event.type, run, metric };
}
