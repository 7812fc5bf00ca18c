import { useQuery } from '@tanstack/react-query';
import { Columns3, FlaskConical, Group as GroupIcon } from 'lucide-react';
import { CommandLine } from '../../../components/command-line.tsx';
import { Empty } from '../../../components/empty.tsx';
import { SortBy } from '../../../components/filters.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { tellError } from '../../../lib/notices.ts';
import { count } from '../../../lib/words.ts';
import { runCountQuery } from '../api/count-runs.ts';
import type { RunsPlace } from '../api/list-runs.ts';
import { type RunKey, runKeysQuery } from '../api/run-keys.ts';
import { chosenRuns, GROUP_ORDERS, MOST_CHOSEN, type RunsSearch } from '../api/runs-search.ts';
import { ASKED_FIELDS, fieldWords, GROUPED_FIELDS, RUN_COLUMNS } from './field-words.ts';
import { NamesPicker } from './names-picker.tsx';
import { RunFilterBar } from './run-filter.tsx';
import { RunGroups } from './run-groups.tsx';
import { RunRows, USUAL_SORT } from './run-rows.tsx';
import { RunSelection } from './run-selection.tsx';
import styles from './run-table.module.css';

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
const MOST_COLUMNS = 30;
const MOST_GROUPINGS = 4;

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
  const set = (change: Partial<Record<keyof RunsSearch, unknown>>) => onSearch({ ...search, ...change } as RunsSearch);
  const choose = (ids: readonly string[], isChosen: boolean) => {
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
      chosen={chosen}
      onChoose={choose}
    />
  );
  const label = `Runs of ${place.project}`;
  return (
    <>
      <Toolbar place={place} known={known} columns={columns} search={search} set={set} sampled={keys.data?.sampled} />
      <div className={styles.state} role="status">
        {chosen.size === 0 ? (
          <RunCount place={place} asked={asked} />
        ) : (
          <RunSelection place={place} chosen={chosen} mayChange={mayChange} onClear={() => set({ runs: undefined })} />
        )}
      </div>
      {search.group === undefined ? (
        rows(undefined, label)
      ) : (
        <RunGroups
          label={`Groups of ${label.toLowerCase()}`}
          place={place}
          asked={asked}
          group={search.group}
          order={search.groups ?? 'created'}
          columns={columns}
          empty={<NoneHere place={place} search={search} onSearch={onSearch} />}
          rowsOf={rows}
        />
      )}
    </>
  );
}

interface ToolbarProps {
  readonly place: RunsPlace;
  readonly known: readonly RunKey[];
  readonly sampled: number | undefined;
  readonly columns: readonly string[];
  readonly search: RunsSearch;
  readonly set: (change: Partial<Record<keyof RunsSearch, unknown>>) => void;
}

function Toolbar({ known, sampled, columns, search, set }: ToolbarProps) {
  const { sort = USUAL_SORT, group = [] } = search;
  const names = known.map(({ name }) => name);
  const note = `Keys are those of the newest ${count(sampled ?? 0, 'run')}; others can be typed.`;
  const field = sort.replace(/^-/, '');
  const sortable = [...new Set(['created_at', 'display_name', ...columns, field])];
  return (
    <div className={styles.bar}>
      <RunFilterBar filter={search.filter} names={[...ASKED_FIELDS, ...names]} onFilter={(filter) => set({ filter })} />
      <div className={styles.tools}>
        {group.length > 0 && (
          <div className={styles.order}>
            <SortBy
              words={GROUP_ORDERS}
              sort={search.groups ?? 'created'}
              onSort={(groups) => set({ groups: groups === 'created' ? undefined : groups })}
            />
          </div>
        )}
        <div className={styles.narrow}>
          <SortBy
            words={Object.fromEntries(sortable.map((name) => [name, fieldWords(name)]))}
            sort={field}
            ascending={!sort.startsWith('-')}
            onSort={(next) => set({ sort: next === 'created_at' ? undefined : `-${next}` })}
            onTurn={() => set({ sort: sort.startsWith('-') ? field : `-${field}` })}
          />
        </div>
        <NamesPicker
          label="Group"
          icon={GroupIcon}
          names={[...GROUPED_FIELDS, ...known.filter(isShared).map(({ name }) => name)]}
          chosen={group}
          most={MOST_GROUPINGS}
          note={note}
          onChoose={(next) =>
            set({ group: next.length === 0 ? undefined : next, groups: next.length === 0 ? undefined : search.groups })
          }
        />
        <NamesPicker
          label="Columns"
          icon={Columns3}
          names={[...RUN_COLUMNS, ...names]}
          chosen={columns}
          most={MOST_COLUMNS}
          note={note}
          onChoose={(next) => set({ columns: next })}
        />
      </div>
    </div>
  );
}

/** Whether runs are likely to have the same there: what they are told, not what they measure. */
function isShared({ name, kind }: RunKey): boolean {
  return name.startsWith('config.') || kind === 'text' || kind === 'boolean';
}

function frequentMetrics(keys: readonly RunKey[]): string[] {
  const metrics = keys.filter(({ name, kind }) => kind === 'number' && /^summary\.[^_]/.test(name));
  return metrics.slice(0, SHOWN_METRICS).map(({ name }) => name);
}

function RunCount({
  place,
  asked,
}: {
  readonly place: RunsPlace;
  readonly asked: Parameters<typeof runCountQuery>[1];
}) {
  const { data } = useQuery(runCountQuery(place, asked));
  if (data === undefined) return null;
  return <span className={styles.count}>{`${count(data.count, 'run')}${data.exact ? '' : ' or more'}`}</span>;
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
