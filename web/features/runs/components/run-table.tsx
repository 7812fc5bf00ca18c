import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { CommandLine } from '../../../components/command-line.tsx';
import { Empty } from '../../../components/empty.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { SelectionBar } from '../../../components/selection-bar.tsx';
import { tellError } from '../../../lib/notices.ts';
import { count } from '../../../lib/words.ts';
import type { RunsPlace } from '../api/list-runs.ts';
import { type RunKey, runKeysQuery } from '../api/run-keys.ts';
import { chosenRuns, groupOrder, MOST_CHOSEN, type RunsSearch } from '../api/runs-search.ts';
import { RunGroups } from './run-groups.tsx';
import { RunRows } from './run-rows.tsx';
import { RunToolbar } from './run-toolbar.tsx';
import { RunsState } from './runs-state.tsx';

interface RunTableProps {
  readonly place: RunsPlace;
  readonly search: RunsSearch;
  readonly onSearch: (search: RunsSearch) => void;
  /** Whether the viewer may change and delete runs here. */
  readonly mayChange: boolean;
}

/** Metrics that get a column when none are chosen: those that most runs have. */
const SHOWN_METRICS = 4;
const USUAL_COLUMNS = ['state', 'username', 'created_at'];

/** The runs of a project: filtered, sorted, grouped, with the columns that one wants, and chosen. */
export function RunTable({ place, search, onSearch, mayChange }: RunTableProps) {
  const keys = useQuery(runKeysQuery(place));
  const known = keys.data?.items ?? [];
  const numeric = new Set(['duration', ...known.filter(({ kind }) => kind === 'number').map(({ name }) => name)]);
  const columns = search.columns ?? [...USUAL_COLUMNS, ...frequentMetrics(known)];
  // columns that are not known yet would come later and move the others
  const waits = keys.isPending && search.columns === undefined;
  const chosen = chosenRuns(search);
  const asked = {
    search: search.search,
    filter: search.filter === undefined ? undefined : JSON.stringify(search.filter),
  };
  const [all, setAll] = useState<{ readonly of: string; readonly count: number }>();
  // who looks for something else has not chosen that
  const whole = all?.of === JSON.stringify(asked) ? all.count : undefined;
  const set = (change: Partial<Record<keyof RunsSearch, unknown>>) => onSearch({ ...search, ...change } as RunsSearch);
  const choose = (ids: readonly string[], isChosen: boolean) => {
    setAll(undefined);
    const next = new Set(chosen);
    for (const id of ids) isChosen ? next.add(id) : next.delete(id);
    if (next.size > MOST_CHOSEN) tellError(`At most ${count(MOST_CHOSEN, 'run')} can be chosen at a time.`);
    else set({ runs: [...next].join(',') || undefined });
  };
  const rows = (values: readonly unknown[] | undefined, label: string) => (
    <RunRows
      label={label}
      place={place}
      asked={{ ...asked, sort: search.sort, columns, group: search.group, values }}
      waits={waits}
      numeric={numeric}
      onSort={(sort) => set({ sort })}
      empty={<NoneHere place={place} search={search} onSearch={onSearch} />}
      chosen={whole === undefined ? chosen : 'all'}
      onChoose={choose}
    />
  );
  const label = `Runs of ${place.project}`;
  return (
    <>
      <RunToolbar known={known} columns={columns} search={search} set={set} sampled={keys.data?.sampled} />
      <SelectionBar
        onClear={() => {
          setAll(undefined);
          set({ runs: undefined });
        }}
      >
        {(clear) => (
          <RunsState
            place={place}
            asked={asked}
            chosen={chosen}
            whole={whole}
            mayChange={mayChange}
            onWhole={(number) => setAll({ of: JSON.stringify(asked), count: number })}
            onClear={clear}
          />
        )}
      </SelectionBar>
      {search.group === undefined ? (
        rows(undefined, label)
      ) : (
        <RunGroups
          label={`Groups of ${label.toLowerCase()}`}
          place={place}
          asked={asked}
          group={search.group}
          order={groupOrder(search)}
          columns={columns}
          empty={<NoneHere place={place} search={search} onSearch={onSearch} />}
          rowsOf={rows}
        />
      )}
    </>
  );
}

function frequentMetrics(keys: readonly RunKey[]): string[] {
  const metrics = keys.filter(({ name, kind }) => kind === 'number' && /^summary\.[^_]/.test(name));
  return metrics.slice(0, SHOWN_METRICS).map(({ name }) => name);
}

interface NoneHereProps {
  readonly place: RunsPlace;
  readonly search: RunsSearch;
  readonly onSearch: (search: RunsSearch) => void;
}

function NoneHere({ place: { entity, project }, search, onSearch }: NoneHereProps) {
  if (search.search === undefined && search.filter === undefined) {
    const line = `wandb.init(entity="${entity}", project="${project}")`;
    return (
      <Empty icon={FlaskConical} title="No runs yet" action={<CommandLine text={line} label="Copy the line" />}>
        The first run that is logged here appears within seconds.
      </Empty>
    );
  }
  const { search: text, filter, ...rest } = search;
  const clear = () => onSearch(rest);
  if (filter === undefined)
    return (
      <NothingFound title="No run is called that" clear={clear}>
        Nothing here has “{text}” in its name or id.
      </NothingFound>
    );
  return (
    <NothingFound title="No run is like that" clear={clear}>
      None of the runs here meets all the conditions.
    </NothingFound>
  );
}
