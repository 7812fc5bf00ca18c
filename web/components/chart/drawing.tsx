import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import styles from './chart.module.css';
import type { ChartProps } from './chart-line.ts';
import { readingWords } from './chart-words.ts';
import { type Frame, frameOf } from './frame.ts';
import { Overlay } from './overlay.tsx';
import { plotOptions } from './plot-options.ts';
import { valueRange } from './value-range.ts';

const NO_THRESHOLDS: NonNullable<ChartProps['thresholds']> = [];
const NO_MARKS: NonNullable<ChartProps['marks']> = [];

/** The chart itself, on a canvas; what is read, pressed or moved lies over it as elements of the page. */
export default function Drawing(props: ChartProps) {
  const { line, along, height, group, thresholds = NO_THRESHOLDS, marks = NO_MARKS, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const held = useRef<[number, number]>(undefined);
  const wanted = useRef({ line, thresholds, handle });
  wanted.current = { line, thresholds, handle };
  const [frame, setFrame] = useState<Frame>();
  const scheme = useComputedColorScheme();

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const range = (low: number, high: number): [number, number] => {
      const { thresholds: lines, handle: moved } = wanted.current;
      const values = lines.map(({ value }) => value);
      return held.current ?? valueRange(low, high, values, moved === undefined ? [] : [moved.value]);
    };
    const made = new uPlot(
      plotOptions({
        ...{ along, height, group, range, width: element.clientWidth },
        onDraw: (drawn) => setFrame((before) => frameOf(drawn, before)),
        onPoint: (pointed) => read(pointed, reading.current, along),
      }),
      dataOf(wanted.current.line),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== made.width) made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [along, group, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown depends on them, by way of the range
  useEffect(() => {
    if (plot.current !== undefined) update(plot.current, dataOf(line));
  }, [line, thresholds, handle?.value, scheme]);

  return (
    <>
      <div ref={host} className={styles.canvas} />
      <div ref={reading} className={styles.reading} aria-hidden />
      {frame !== undefined && (
        <Overlay
          frame={frame}
          thresholds={thresholds}
          marks={marks}
          handle={handle}
          onHold={(range) => {
            held.current = range;
            if (range === undefined && plot.current !== undefined) update(plot.current, dataOf(line));
          }}
        />
      )}
    </>
  );
}

function dataOf({ x, values }: ChartProps['line']): uPlot.AlignedData {
  return [[...x], values.map((value) => (Number.isFinite(value) ? value : null))];
}

/** Shows other data; whoever has looked closer goes on to. */
function update(plot: uPlot, data: uPlot.AlignedData): void {
  const { min, max } = plot.scales.x ?? {};
  const [before] = plot.data;
  const zoomed = min != null && max != null && (min > (before[0] ?? min) || max < (before.at(-1) ?? max));
  plot.setData(data, !zoomed);
  if (zoomed) plot.setScale('x', { min, max });
}

function read(plot: uPlot, into: HTMLDivElement | null, along: ChartProps['along']): void {
  if (into === null) return;
  const at = plot.cursor.idx;
  const [x, value] = at == null ? [] : [plot.data[0][at], plot.data[1]?.[at]];
  into.textContent = x === undefined || value == null ? '' : readingWords(x, value, along);
}
