import type { CapturedMetric, Measures } from '../events/captured-metric.ts';
import { type CapturedEvent, sentence, shortSentence } from '../events/index.ts';
import { thresholdStatus } from '../events/run-metric.ts';
import { changeStatus } from '../events/run-metric-change.ts';
import { zScoreStatus } from '../events/run-metric-zscore.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import type { MetricEvent } from './judge.ts';
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
    status: status(event, measures),
  };
  return { type: event.type, run, metric };
}

function status(event: MetricEvent, measures: Measures): string {
  switch (event.type) {
    case 'RUN_METRIC':
      return thresholdStatus(event, measures);
    case 'RUN_METRIC_CHANGE':
      return changeStatus(event, measures);
    case 'RUN_METRIC_ZSCORE':
      return zScoreStatus(event, measures);
  }
}
