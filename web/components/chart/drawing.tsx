import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import styles from './chart.module.css';
import { type ChartProps, PLAIN_LOOK } from './chart-line.ts';
import { Cursor } from './cursor.tsx';
import type { Scene } from './drawn-scene.ts';
import type { Frame } from './frame.ts';
import { Overlay } from './overlay.tsx';
import { Plot } from './plot.ts';
import { type Pointed, ReadingBox } from './reading-box.tsx';

const NO_THRESHOLDS: NonNullable<ChartProps['thresholds']> = [];
const NO_MARKS: NonNullable<ChartProps['marks']> = [];

/** The chart itself, on a canvas; what is read, pressed or moved lies over it as elements of the page. */
export default function Drawing(props: ChartProps) {
  const { label, lines, axis, height, group, look = PLAIN_LOOK } = props;
  const { thresholds = NO_THRESHOLDS, marks = NO_MARKS, handle, onSpan } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(undefined);
  const [frame, setFrame] = useState<Frame>();
  const [pointed, setPointed] = useState<Pointed>();
  const [isClose, setClose] = useState(false);
  const scheme = useComputedColorScheme();
  const scene: Scene = {
    ...{ lines, look, thresholds: thresholds.map(({ value }) => value) },
    always: handle === undefined ? [] : [handle.value],
  };
  const wanted = useRef({ scene, onSpan });
  wanted.current = { scene, onSpan };
  const { logX, logY } = look;
  const axisName = axis.by === 'metric' ? `metric ${axis.metric}` : axis.by;

  // biome-ignore lint/correctness/useExhaustiveDependencies: an axis is known by its name
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new Plot(element, wanted.current.scene, {
      ...{ axis, height, group, look: { logX, logY }, onFrame: setFrame },
      onRead: (reading, left) => setPointed(reading === undefined ? undefined : { reading, left }),
      onView: (view) => {
        setClose(view.x !== undefined || view.y !== undefined);
        wanted.current.onSpan?.(view.x);
      },
    });
    plot.current = made;
    const observer = new ResizeObserver(() => made.resize(element.clientWidth));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      setClose(false);
      wanted.current.onSpan?.(undefined);
    };
  }, [axisName, group, height, logX, logY]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scene is made of them
  useEffect(() => plot.current?.show(wanted.current.scene), [lines, look, thresholds, handle?.value, scheme]);

  return (
    <>
      <div ref={host} className={styles.canvas} />
      {frame !== undefined && plot.current !== undefined && (
        <>
          <Cursor label={label} frame={frame} plot={plot.current} axis={axis} isClose={isClose} />
          <Overlay
            frame={frame}
            scales={plot.current.drawn}
            thresholds={thresholds}
            marks={marks}
            handle={handle}
            onHold={(range) => plot.current?.hold(range)}
          />
          {pointed !== undefined && <ReadingBox pointed={pointed} frame={frame} axis={axis} />}
          {isClose && (
            <button type="button" className={styles.whole} onClick={() => plot.current?.reset()}>
              Show all
            </button>
          )}
        </>
      )}
    </>
  );
}
