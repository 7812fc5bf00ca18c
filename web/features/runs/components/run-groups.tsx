import { Alert } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import chip from '../../../components/chip.module.css';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { Time } from '../../../components/time.tsx';
import { count, metricText } from '../../../lib/words.ts';
import { groupsQuery, type RunGroup } from '../api/group-runs.ts';
import type { RunsAsked, RunsPlace } from '../api/list-runs.ts';
import type { GroupOrder } from '../api/runs-search.ts';
import { fieldWords } from './field-words.ts';
import styles from './run-table.module.css';
import { AnyValue } from './run-value.tsx';
import { durationText, valueText } from './run-value-text.ts';

interface RunGroupsProps {
  readonly label: string;
  readonly place: RunsPlace;
  readonly asked: RunsAsked;
  readonly group: readonly string[];
  readonly order: GroupOrder;
  readonly columns: readonly string[];
  readonly empty: ReactNode;
  /** The runs of a group that is open, by what they have in common. */
  readonly rowsOf: (values: readonly unknown[], label: string) => ReactNode;
}

/** What runs have in common: how many they are and what their numbers are; each opens to its runs. */
export function RunGroups({ label, place, asked, group, order, columns, empty, rowsOf }: RunGroupsProps) {
  const list = useInfiniteQuery(groupsQuery(place, { ...asked, group, sort: order, columns }));
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const toggle = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
  };
  const { groups, total = 0, measured = 0, complete = true } = list.data ?? {};
  const shown = columns.filter((name) => !group.includes(name));
  const largest = Math.max(0, ...(groups ?? []).map((each) => each.count));
  return (
    <>
      <p className={styles.note} role="status">
        {groups !== undefined && `${count(total, 'group')}.`}
        {largest > measured && ` Numbers are of the newest ${count(measured, 'run')} of each.`}
      </p>
      <DataTable
        label={label}
        columns={[
          nameColumn(group, opened, toggle),
          { key: 'count', title: 'Runs', numeric: true, cell: (each) => each.count.toLocaleString('en') },
          ...shown.map(measuresColumn),
        ]}
        rows={groups}
        keyOf={keyOf}
        empty={empty}
        below={(each) => opened.has(keyOf(each)) && rowsOf(each.values, `Runs with ${titleOf(group, each)}`)}
      />
      {!complete && (
        <Alert variant="light" mt="sm" p="xs">
          Not all runs could be looked at in one answer: a pattern takes time. There may be more groups.
        </Alert>
      )}
      <MoreButton list={list} />
    </>
  );
}

function keyOf({ values }: RunGroup): string {
  return JSON.stringify(values);
}

function titleOf(group: readonly string[], { values }: RunGroup): string {
  return group.map((name, index) => `${fieldWords(name)} ${valueText(values[index]) || 'none'}`).join(', ');
}

function nameColumn(
  group: readonly string[],
  opened: ReadonlySet<string>,
  toggle: (key: string) => void,
): Column<RunGroup> {
  return {
    key: 'group',
    title: group.map(fieldWords).join(', '),
    wide: true,
    cell: (each) => {
      const key = keyOf(each);
      const Icon = opened.has(key) ? ChevronDown : ChevronRight;
      return (
        <button type="button" className={styles.group} aria-expanded={opened.has(key)} onClick={() => toggle(key)}>
          <Icon size={15} aria-hidden />
          <span className={styles.heard}>{titleOf(group, each)}</span>
          {group.map((name, index) => (
            <span key={name} className={chip.chip} aria-hidden>
              <span className={chip.words}>{valueText(each.values[index]) || <i>none</i>}</span>
            </span>
          ))}
        </button>
      );
    },
  };
}

/** What the newest run of a group has. */
function Newest({ name, value }: { readonly name: string; readonly value: unknown }) {
  const isInstant = name === 'created_at' || name === 'heartbeat_at';
  if (isInstant && typeof value === 'string') return <Time at={value} />;
  return <AnyValue value={name === 'tags' && Array.isArray(value) ? value.join(', ') : value} />;
}

/** Of numbers their mean, then from where to where they reach and what the newest is; of others what the newest has. */
function measuresColumn(name: string): Column<RunGroup> {
  const text = name === 'duration' ? durationText : metricText;
  return {
    key: name,
    title: fieldWords(name),
    cell: ({ measures: { [name]: measure }, latest }) => {
      const newest = latest[name];
      if (measure === undefined || measure.mean === null || measure.min === null || measure.max === null)
        return <Newest name={name} value={newest} />;
      const last = typeof newest === 'number' ? `latest ${text(newest)}` : '';
      return (
        <span className={styles.measure}>
          <span>{`mean ${text(measure.mean)}`}</span>
          <span className={styles.hint}>{`${text(measure.min)} to ${text(measure.max)}`}</span>
          <span className={styles.hint}>{last}</span>
        </span>
      );
    },
  };
}
