import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FlaskConical, SearchX } from 'lucide-react';
import { CommandLine } from '../../../components/command-line.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { metricText } from '../../../lib/words.ts';
import { type Run, runsQuery } from '../api/list-runs.ts';
import { MetricPicker } from './metric-picker.tsx';
import { RunState } from './run-state.tsx';
import styles from './run-table.module.css';

interface RunTableProps {
  readonly entity: string;
  readonly project: string;
  readonly search: string;
  /** Names of the metrics that have a column; absent: the most frequent. */
  readonly metrics: readonly string[] | undefined;
  readonly onMetrics: (names: readonly string[]) => void;
}

/** Metrics that get a column when none are chosen: those that most runs have. */
const SHOWN_METRICS = 4;
/** Metrics that can be chosen. */
const OFFERED_METRICS = 60;

/** The runs of a project. */
export function RunTable({ entity, project, search, metrics, onMetrics }: RunTableProps) {
  const list = useInfiniteQuery(runsQuery(entity, project, search));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const rows = list.data;
  const names = frequentMetrics(rows ?? []);
  const chosen = metrics ?? names.slice(0, SHOWN_METRICS);
  const columns = [...columnsOf(entity, project), ...chosen.map(metricColumn)];
  const empty = search === '' ? <NoRuns entity={entity} project={project} /> : <NothingFound search={search} />;
  return (
    <>
      <div className={styles.bar}>
        <MetricPicker names={names} chosen={chosen} onChoose={onMetrics} />
      </div>
      <DataTable label={`Runs of ${project}`} columns={columns} rows={rows} keyOf={({ id }) => id} empty={empty} />
      <MoreButton list={list} />
    </>
  );
}

function columnsOf(entity: string, project: string): Column<Run>[] {
  return [
    {
      key: 'name',
      title: 'Run',
      wide: true,
      cell: ({ id, name, group, jobType }) => (
        <RowLink hint={[group, jobType].filter((word) => word !== null).join(' · ')}>
          <Link to="/$entity/$project/runs/$run" params={{ entity, project, run: id }}>
            {name}
          </Link>
        </RowLink>
      ),
    },
    { key: 'state', title: 'State', bare: true, cell: ({ state }) => <RunState state={state} /> },
    { key: 'author', title: 'Author', cell: ({ author }) => author },
    { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  ];
}

/** The names of metrics, those that most runs have first. */
function frequentMetrics(runs: readonly Run[]): string[] {
  const counts = new Map<string, number>();
  for (const { metrics } of runs)
    for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].toSorted(([, one], [, other]) => other - one).map(([name]) => name);
  return names.slice(0, OFFERED_METRICS);
}

function metricColumn(name: string): Column<Run> {
  return {
    key: `metric ${name}`,
    title: name,
    numeric: true,
    cell: ({ metrics: { [name]: value } }) => (value === undefined ? '' : metricText(value)),
  };
}

function NoRuns({ entity, project }: { readonly entity: string; readonly project: string }) {
  const line = `wandb.init(entity="${entity}", project="${project}")`;
  return (
    <Empty icon={FlaskConical} title="No runs yet" action={<CommandLine text={line} label="Copy the line" />}>
      The first run that is logged here appears within seconds.
    </Empty>
  );
}

function NothingFound({ search }: { readonly search: string }) {
  return (
    <Empty icon={SearchX} title="No run is called that">
      Nothing here has “{search}” in its name or id.
    </Empty>
  );
}
