import { Columns3, Group as GroupIcon } from 'lucide-react';
import { SortBy } from '../../../components/filters.tsx';
import { count } from '../../../lib/words.ts';
import type { RunKey } from '../api/run-keys.ts';
import { groupOrder, groupOrderText, type RunsSearch, USUAL_SORT } from '../api/runs-search.ts';
import { ASKED_FIELDS, fieldWords, GROUPED_FIELDS, RUN_COLUMNS } from './field-words.ts';
import { NamesPicker } from './names-picker.tsx';
import { RunFilterBar } from './run-filter.tsx';
import styles from './run-table.module.css';

const MOST_COLUMNS = 30;
const MOST_GROUPINGS = 4;

interface RunToolbarProps {
  readonly known: readonly RunKey[];
  readonly sampled: number | undefined;
  readonly columns: readonly string[];
  readonly search: RunsSearch;
  readonly set: (change: Partial<Record<keyof RunsSearch, unknown>>) => void;
}

/** What is shown of the runs of a project: filtered, sorted, grouped, in columns. */
export function RunToolbar({ known, sampled, columns, search, set }: RunToolbarProps) {
  const { sort = USUAL_SORT, group = [] } = search;
  const names = known.map(({ name }) => name);
  const note = `Keys are those of the newest ${count(sampled ?? 0, 'run')}; others can be typed.`;
  const field = sort.replace(/^-/, '');
  const groups = groupOrder(search);
  const sortable = [...new Set(['created_at', 'display_name', ...columns, field])];
  return (
    <div className={styles.bar}>
      <RunFilterBar filter={search.filter} names={[...ASKED_FIELDS, ...names]} onFilter={(filter) => set({ filter })} />
      <div className={styles.tools}>
        {group.length > 0 && (
          <div className={styles.order}>
            <SortBy
              label="Sort groups by"
              words={groupWords(group)}
              sort={groups.by}
              ascending={groups.ascending}
              onSort={(by) => set({ groups: groupOrderText({ by, ascending: group.includes(by) }) })}
              onTurn={() => set({ groups: groupOrderText({ ...groups, ascending: !groups.ascending }) })}
            />
          </div>
        )}
        <div className={styles.narrow}>
          <SortBy
            words={wordsOf(sortable)}
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

function groupWords(group: readonly string[]): Record<string, string> {
  const orders = { created: 'newest run', count: 'number of runs', ...wordsOf(group) };
  return Object.fromEntries(Object.entries(orders).map(([by, words]) => [by, `Groups by ${words}`]));
}

function wordsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, fieldWords(name)]));
}

/** Whether runs are likely to have the same there: what they are told, not what they measure. */
function isShared({ name, kind }: RunKey): boolean {
  return name.startsWith('config.') || kind === 'text' || kind === 'boolean';
}
