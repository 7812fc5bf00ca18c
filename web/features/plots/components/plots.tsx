import { Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChartLine } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { loadDrawing } from '../../../components/chart/chart.tsx';
import type { Threshold } from '../../../components/chart/chart-line.ts';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { useSettled } from '../../../lib/use-settled.ts';
import { type Metric, metricsQuery } from '../api/list-metrics.ts';
import { linesOfRun, type ProjectPlace } from '../api/run-lines.ts';
import type { Bell } from './bell.ts';
import { LargePlot } from './large-plot.tsx';
import { LookMenu } from './look-menu.tsx';
import { marksOf } from './marks.ts';
import { PlotPanel, type PlotPanelProps } from './plot-panel.tsx';
import type { PlotRun } from './plot-run.ts';
import { PlotSection } from './plot-section.tsx';
import { type LookSearch, lookFor, lookOf, lookOfMetric, type PlotSearch, searchOfLook } from './plot-settings.ts';
import styles from './plots.module.css';
import { sectionsOf } from './sections.ts';
import { useFirings } from './use-firings.ts';
import { watchesSeries } from './watched-name.ts';

/** A threshold, and the name of the metric that it is about. */
export interface MetricThreshold extends Threshold {
  readonly metric: string;
}

interface PlotsProps {
  readonly place: ProjectPlace;
  readonly runs: readonly PlotRun[];
  readonly search: PlotSearch;
  /** Told how the address changes. */
  readonly onSearch: (search: PlotSearch) => void;
  readonly thresholds: readonly MetricThreshold[];
  /** Where automations may be made. */
  readonly bell: Bell | undefined;
}

const SKELETONS = ['one', 'two', 'three', 'four'] as const;

/** A plot for each metric of some runs, in sections. */
export function Plots(props: PlotsProps) {
  const { place, runs, search, onSearch, thresholds, bell } = props;
  const { find = '', closed = [], panel, set = {} } = search;
  const ids = runs.map(({ id }) => id);
  const live = runs.some((run) => run.live);
  const { data, error, refetch } = useQuery(metricsQuery(place, ids, useSettled(find), live));
  useLastLines(place, runs);
  useEffect(() => {
    // a chart that wants it tells of what went wrong
    loadDrawing().catch(() => {});
  }, []);
  const metrics = data?.items ?? [];
  const ownLook = (metric: Metric) => lookFor(metric, lookOfMetric(search, metric.name), runs.length);
  const firingsAlong = useFirings(
    place,
    runs,
    metrics.map((metric) => ownLook(metric).axis),
  );
  if (error !== null && data === undefined) return <ErrorPanel error={error} retry={refetch} />;
  const logged = new Set(metrics.map(({ name }) => name));
  const axes = metrics.filter(({ name, system }) => !system && !name.startsWith('_')).map(({ name }) => name);
  const own = (metric: string, look: LookSearch | undefined): void => {
    const { [metric]: _, ...others } = set;
    onSearch({ ...search, set: look === undefined ? others : { ...others, [metric]: look } });
  };
  const panelOf = (metric: Metric): Omit<PlotPanelProps, 'onOpen' | 'isCovered'> => {
    const look = ownLook(metric);
    const isOwn = (each: { readonly metric: string }) => watchesSeries(each.metric, metric.name, logged);
    return {
      ...{ place, runs, metric, axes, bell, look },
      thresholds: thresholds.filter(isOwn),
      marks: marksOf(firingsAlong(look.axis).filter(isOwn), runs),
      onLook: (next) => own(metric.name, searchOfLook(next)),
      onPlain: metric.name in set ? () => own(metric.name, undefined) : undefined,
    };
  };
  const open = (name: string | undefined) => {
    const { panel: _, ...rest } = search;
    onSearch(name === undefined ? rest : { ...rest, panel: name });
  };
  const shown = panel === undefined ? undefined : metrics.find(({ name }) => name === panel);
  return (
    <>
      <div className={styles.bar}>
        <SearchBox label="Search metrics" value={find} onChange={(text) => onSearch({ ...search, find: text })} />
        <LookMenu
          look={lookOf(search)}
          usual={metrics.some(({ stepMetric }) => stepMetric !== null) ? undefined : { by: 'step' }}
          metrics={axes}
          onChange={(look) => onSearch({ ...withoutLook(search), ...searchOfLook(look) })}
        />
      </div>
      {data === undefined && <Waiting />}
      {data !== undefined && metrics.length === 0 && (
        <Nothing find={find} onAll={() => onSearch({ ...search, find: '' })} />
      )}
      {sectionsOf(metrics).map(({ title, metrics: those }) => (
        <PlotSection
          key={title}
          title={title}
          count={those.length}
          isOpen={!closed.includes(title)}
          onOpen={(isOpen) =>
            onSearch({ ...search, closed: isOpen ? closed.filter((each) => each !== title) : [...closed, title] })
          }
        >
          {those.map((metric) => (
            <PlotPanel
              key={metric.name}
              {...panelOf(metric)}
              isCovered={shown !== undefined}
              onOpen={() => open(metric.name)}
            />
          ))}
        </PlotSection>
      ))}
      {data !== undefined && data.total > metrics.length && (
        <Text mt="lg" size="sm" c="dimmed">
          {metrics.length.toLocaleString('en')} of {data.total.toLocaleString('en')} metrics: search for the others.
        </Text>
      )}
      {shown !== undefined && <LargePlot {...panelOf(shown)} onClose={() => open(undefined)} />}
    </>
  );
}

function withoutLook({ x: _x, smooth: _smooth, log: _log, ...rest }: PlotSearch): PlotSearch {
  return rest;
}

/** Reads the lines of a run once more when it has ended: what came last came without anybody telling. */
function useLastLines(place: ProjectPlace, runs: readonly PlotRun[]): void {
  const client = useQueryClient();
  const before = useRef(new Set<string>());
  const { entity, project } = place;
  useEffect(() => {
    const now = new Set(runs.filter(({ live }) => live).map(({ id }) => id));
    for (const id of before.current)
      if (!now.has(id)) void client.invalidateQueries({ queryKey: linesOfRun({ entity, project }, id) });
    before.current = now;
  }, [client, entity, project, runs]);
}

function Waiting() {
  return (
    <div className={styles.grid} aria-busy>
      {SKELETONS.map((key) => (
        <div key={key} className={styles.placeholder} />
      ))}
    </div>
  );
}

function Nothing({ find, onAll }: { readonly find: string; readonly onAll: () => void }) {
  return find === '' ? (
    <Empty icon={ChartLine} title="No charts yet">
      Each number that a run logs gets a chart of its own: <code>run.log({'{"loss": 0.2}'})</code>.
    </Empty>
  ) : (
    <NothingFound title="No metric is called that" clear={onAll}>
      Nothing here has “{find}” in its name.
    </NothingFound>
  );
}
