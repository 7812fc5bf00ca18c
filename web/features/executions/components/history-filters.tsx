import { AnyOf, Filters, OneOf, SortBy, useMoreFilters } from '../../../components/filters.tsx';
import { InstantField } from '../../../components/instant-field.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { eventLabel } from '../../../lib/event-label.ts';
import { wordsBy } from '../../../lib/words.ts';
import { EVENTS, type HistorySearch, SORTS, STATUSES } from '../api/history-search.ts';
import styles from './history-filters.module.css';

/** What people may choose among. */
export interface FilterChoices {
  readonly automations: readonly string[];
  readonly authors: readonly string[];
}

interface HistoryFiltersProps {
  readonly search: HistorySearch;
  readonly onSearch: (search: HistorySearch) => void;
  readonly choices: FilterChoices;
}

const EVENT_WORDS = wordsBy(EVENTS, eventLabel);
const STATUS_WORDS = wordsBy(STATUSES, (status) => status);
const SORT_WORDS = wordsBy(SORTS, (sort) => `by ${sort}`);

/** The conditions and the order of a history. */
export function HistoryFilters({ search, onSearch, choices }: HistoryFiltersProps) {
  const set = (change: HistorySearch) => onSearch({ ...search, ...change });
  const more = useMoreFilters([search.event, search.automation, search.author, search.from, search.to]);
  return (
    <Filters>
      <SearchBox
        label="Search automations"
        value={search.search ?? ''}
        onChange={(text) => set({ search: text || undefined })}
      />
      <AnyOf label="Status" words={STATUS_WORDS} value={search.status} onChange={(status) => set({ status })} />
      {more.button}
      <SortBy
        words={SORT_WORDS}
        sort={search.sort ?? 'created'}
        ascending={search.order === 'asc'}
        onSort={(sort) => set({ sort: sort === 'created' ? undefined : sort })}
        onTurn={() => set({ order: search.order === 'asc' ? undefined : 'asc' })}
      />
      {more.opened && <FurtherFilters search={search} set={set} choices={choices} />}
    </Filters>
  );
}

interface FurtherFiltersProps {
  readonly search: HistorySearch;
  readonly set: (change: HistorySearch) => void;
  readonly choices: FilterChoices;
}

function FurtherFilters({ search, set, choices }: FurtherFiltersProps) {
  return (
    <>
      <AnyOf label="Event" words={EVENT_WORDS} value={search.event} onChange={(event) => set({ event })} />
      <OneOf
        label="Automation"
        names={choices.automations}
        value={search.automation}
        onChange={(automation) => set({ automation })}
      />
      <OneOf label="Author" names={choices.authors} value={search.author} onChange={(author) => set({ author })} />
      <InstantField className={styles.whole} label="From" value={search.from} onChange={(from) => set({ from })} />
      <InstantField className={styles.whole} label="Until" value={search.to} onChange={(to) => set({ to })} />
    </>
  );
}
