import { Button, useMantineTheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Bell as BellIcon } from 'lucide-react';
import { Dialog } from '../../../components/dialog.tsx';
import { LineTable } from './line-table.tsx';
import { LookFields } from './look-fields.tsx';
import { PlotDrawing } from './plot-drawing.tsx';
import type { PlotPanelProps } from './plot-panel.tsx';
import { usualAxis } from './plot-settings.ts';
import styles from './plots.module.css';
import { useDraft } from './use-draft.ts';
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
    <Dialog onClose={onClose} title={metric.name} size="min(84rem, 94vw)" fullScreen={isNarrow}>
      <Body {...props} />
    </Dialog>
  );
}

function Body({ place, runs, metric, look, axes, thresholds, marks, onLook, onPlain, bell }: LargePlotProps) {
  const lines = useLines({
    ...{ place, runs, metric: metric.name, axis: look.axis, points: POINTS, enabled: true },
  });
  const draft = useDraft(lines);
  return (
    <div className={styles.large}>
      <div className={styles.drawn}>
        <PlotDrawing
          {...{ metric: metric.name, look, lines, height: HEIGHT, thresholds, marks, handle: draft.handle }}
        />
        <p className={styles.hint} data-for="pointer">
          Drag to look closer, drag with Shift to move, press twice for all. By keyboard: arrows, plus, minus and
          Escape.
        </p>
        <p className={styles.hint} data-for="finger">
          Two fingers look closer, one moves, tap twice for all.
        </p>
        <LineTable metric={metric.name} lines={lines.lines} axis={look.axis} />
      </div>
      <aside className={styles.side} aria-label="Settings">
        <LookFields look={look} usual={usualAxis(metric)} metrics={axes} onChange={onLook}>
          {onPlain !== undefined && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onPlain}>
              As all others
            </Button>
          )}
        </LookFields>
        {bell !== undefined && !draft.isOpen && (
          <Button size="xs" variant="default" leftSection={<BellIcon size={14} aria-hidden />} onClick={draft.toggle}>
            New automation
          </Button>
        )}
        {bell !== undefined && draft.form(bell, metric.name)}
      </aside>
    </div>
  );
}
