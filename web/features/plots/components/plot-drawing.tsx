import { Button } from '@mantine/core';
import { Chart } from '../../../components/chart/chart.tsx';
import type { ChartProps } from '../../../components/chart/chart-line.ts';
import type { PlotLook } from './plot-settings.ts';
import styles from './plots.module.css';
import type { Lines } from './use-lines.ts';

interface PlotDrawingProps extends Pick<ChartProps, 'height' | 'thresholds' | 'marks' | 'handle' | 'group'> {
  readonly metric: string;
  readonly look: PlotLook;
  readonly lines: Lines;
}

/** The chart of a plot, and in its place what is said until its lines are there. */
export function PlotDrawing({
  metric,
  look,
  lines: { lines, isWaiting, error, retry, onSpan },
  ...chart
}: PlotDrawingProps) {
  if (lines.length > 0 || (!isWaiting && error === null))
    return <Chart label={metric} lines={lines} axis={look.axis} look={look} onSpan={onSpan} {...chart} />;
  return (
    <div className={styles.waiting} style={{ height: chart.height }} aria-busy={error === null}>
      {error !== null && (
        <div role="alert" className={styles.failed}>
          <p>This could not be loaded.</p>
          <Button size="compact-xs" variant="default" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
