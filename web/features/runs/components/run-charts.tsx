import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartLine, SearchX } from 'lucide-react';
import { useState } from 'react';
import type { Along, Threshold } from '../../../components/chart/chart-line.ts';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Section } from '../../../components/page.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import { firingsQuery } from '../api/list-firings.ts';
import { type Metric, metricsQuery } from '../api/list-metrics.ts';
import { MetricCard, type MetricCardProps } from './metric-card.tsx';
import { sectionsOf } from './metric-sections.ts';
import styles from './run-charts.module.css';
import { watchesSeries } from './watched-name.ts';

/** A threshold, and the name of the metric that it is about. */
export interface MetricThreshold extends Threshold {
  readonly metric: string;
}

interface RunChartsProps {
  readonly place: RunPlace;
  /** Whether the run goes on. */
  readonly live: boolean;
  readonly thresholds: readonly MetricThreshold[];
  /** A regular expression for the name of the run, where automations may be made of its charts. */
  readonly runs: string | undefined;
}

const SKELETONS = ['one', 'two', 'three', 'four'] as const;
const ALONG = [
  { value: 'step', label: 'Step' },
  { value: 'time', label: 'Time' },
] as const satisfies readonly { value: Along; label: string }[];

/** A chart for each metric of a run. */
export function RunCharts({ place, live, thresholds, runs }: RunChartsProps) {
  const [search, setSearch] = useState('');
  const [along, setAlong] = useState<Along>('step');
  const { data, error, refetch } = useQuery(metricsQuery(place, useSettled(search), live));
  const { data: firings = [] } = useQuery(firingsQuery(place, live));
  if (error !== null && data === undefined) return <ErrorPanel error={error} retry={refetch} />;
  const sections = sectionsOf(data?.items ?? []);
  const logged = new Set(data?.items.map(({ name }) => name));
  const cardOf = (metric: Metric): MetricCardProps => ({
    ...{ place, metric, along, live, runs },
    thresholds: thresholds.filter((each) => watchesSeries(each.metric, metric.name, logged)),
    firings: firings.filter((each) => watchesSeries(each.metric, metric.name, logged)),
  });
  return (
    <>
      <div className={styles.bar}>
        <SearchBox label="Search metrics" value={search} onChange={setSearch} />
        <SegmentedControl
          aria-label="Along"
          size="xs"
          data={[...ALONG]}
          value={along}
          onChange={(value) => setAlong(value === 'time' ? 'time' : 'step')}
        />
      </div>
      {data === undefined && <Waiting />}
      {data !== undefined && sections.length === 0 && <Nothing search={search} />}
      {sections.map(({ title, metrics }) => (
        <Section key={title} title={title}>
          <div className={styles.grid}>
            {metrics.map((metric) => (
              <MetricCard key={metric.name} {...cardOf(metric)} />
            ))}
          </div>
        </Section>
      ))}
      {data !== undefined && data.total > data.items.length && (
        <Text mt="lg" size="sm" c="dimmed">
          {data.items.length.toLocaleString('en')} of {data.total.toLocaleString('en')} metrics: search for the others.
        </Text>
      )}
    </>
  );
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

function Nothing({ search }: { readonly search: string }) {
  return search === '' ? (
    <Empty icon={ChartLine} title="No charts yet">
      Each number that the run logs gets a chart of its own: <code>run.log({'{"loss": 0.2}'})</code>.
    </Empty>
  ) : (
    <Empty icon={SearchX} title="No metric is called that">
      Nothing here has “{search}” in its name.
    </Empty>
  );
}
