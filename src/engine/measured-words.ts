import type { Measures } from '../events/captured-metric.ts';
import { thresholdStatus } from '../events/run-metric.ts';
import { changeStatus } from '../events/run-metric-change.ts';
import { zScoreStatus } from '../events/run-metric-zscore.ts';
import type { MetricEvent } from './judge.ts';

/** What was measured, in words: `AVERAGE(loss) = 0.71`. */
export function measuredWords(event: MetricEvent, measures: Measures): string {
  switch (event.type) {
    case 'RUN_METRIC':
      return thresholdStatus(event, measures);
    case 'RUN_METRIC_CHANGE':
      return changeStatus(event, measures);
    case 'RUN_METRIC_ZSCORE':
      return zScoreStatus(event, measures);
  }
}
