import { Button, Modal, useMantineTheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Bell as BellIcon } from 'lucide-react';
import { useState } from 'react';
import { Chart } from '../../../components/chart/chart.tsx';
import { type BellDraft, sensibleValue } from './bell.ts';
import { LineTable } from './line-table.tsx';
import { LookFields } from './look-fields.tsx';
import { marksOf } from './marks.ts';
import { handleOf, lookFor, type PlotPanelProps, turned } from './plot-panel.tsx';
import styles from './plots.module.css';
import { useLines } from './use-lines.ts';

const POINTS = 1_500;
const HEIGHT = 420;

interface LargePlotProps extends Omit<PlotPanelProps, 'onOpen' | 'isCovered'> {
  readonly onClose: () => void;
}

/** One metric over some runs, large, with its settings beside it and its values below. */
export function LargePlot(props: LargePlotProps) {
  const { metric, onClose } = props;
  const { breakpoints } = useMantineTheme();
  const isNarrow = useMediaQuery(`(max-width: ${breakpoints.sm})`) ?? false;
  return (
    <Modal opened onClose={onClose} title={metric.name} size="min(84rem, 94vw)" fullScreen={isNarrow}>
      <Body {...props} />
    </Modal>
  );
}

function Body({ place, runs, metric, axes, thresholds, firings, onLook, onPlain, bell, ...props }: LargePlotProps) {
  const look = lookFor(metric, props.look, runs);
  const { lines, isWaiting, error, onSpan } = useLines({
    ...{ place, runs, metric: metric.name, axis: look.axis, points: POINTS, enabled: true },
  });
  const [draft, setDraft] = useState<BellDraft>();
  return (
    <div className={styles.large}>
      <div className={styles.drawn}>
        {lines.length === 0 && (isWaiting || error !== null) ? (
          <div className={styles.waiting} style={{ height: HEIGHT }}>
            {error !== null && 'This could not be loaded.'}
          </div>
        ) : (
          <Chart
            label={metric.name}
            lines={lines}
            axis={look.axis}
            look={look}
            height={HEIGHT}
            thresholds={thresholds}
            marks={marksOf(firings, look.axis, runs)}
            onSpan={onSpan}
            {...(draft === undefined ? {} : { handle: handleOf(draft, setDraft) })}
          />
        )}
        <p className={styles.hint}>
          Drag to look closer, drag with Shift to move, press twice for all. By keyboard: arrows, plus, minus and
          Escape.
        </p>
        <LineTable metric={metric.name} lines={lines} axis={look.axis} />
      </div>
      <aside className={styles.side} aria-label="Settings">
        <LookFields look={look} metrics={axes} onChange={onLook}>
          {onPlain !== undefined && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onPlain}>
              As all others
            </Button>
          )}
        </LookFields>
        {bell !== undefined && draft === undefined && (
          <Button
            size="xs"
            variant="default"
            leftSection={<BellIcon size={14} aria-hidden />}
            onClick={() => setDraft({ above: true, value: sensibleValue(lines, true) })}
          >
            New automation
          </Button>
        )}
        {draft !== undefined &&
          bell?.({
            metric: metric.name,
            draft,
            onChange: (next) => setDraft(turned(next, draft, lines)),
            onClose: () => setDraft(undefined),
          })}
      </aside>
    </div>
  );
}
