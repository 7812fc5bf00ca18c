import { ActionIcon, MultiSelect, Select, Tooltip } from '@mantine/core';
import { ArrowDownWideNarrow, ArrowUpNarrowWide } from 'lucide-react';
import { InstantField } from '../../../components/instant-field.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { EVENTS, type HistorySearch, SORTS, STATUSES } from '../api/history-search.ts';
import { eventLabel } from './event-label.ts';
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

const EVENT_CHOICES = EVENTS.map((value) => ({ value, label: eventLabel(value) }));
const some = <Item,>(items: readonly Item[]): readonly Item[] | undefined => (items.length === 0 ? undefined : items);

/** The conditions and the order of a history. */
export function HistoryFilters({ search, onSearch, choices }: HistoryFiltersProps) {
  const set = (change: HistorySearch) => onSearch({ ...search, ...change });
  return (
    <search className={styles.filters}>
      <SearchBox
        label="Search automations"
        value={search.search ?? ''}
        onChange={(text) => set({ search: text || undefined })}
      />
      <MultiSelect
        aria-label="Status"
        placeholder={search.status === undefined ? 'Any status' : ''}
        data={STATUSES}
        value={[...(search.status ?? [])]}
        onChange={(status) => set({ status: some(STATUSES.filter((each) => status.includes(each))) })}
      />
      <MultiSelect
        aria-label="Event"
        placeholder={search.event === undefined ? 'Any event' : ''}
        data={EVENT_CHOICES}
        value={[...(search.event ?? [])]}
        onChange={(event) => set({ event: some(EVENTS.filter((each) => event.includes(each))) })}
      />
      <OneOf
        label="Automation"
        names={choices.automations}
        value={search.automation}
        onChange={(automation) => set({ automation })}
      />
      <OneOf label="Author" names={choices.authors} value={search.author} onChange={(author) => set({ author })} />
      <InstantField className={styles.whole} label="From" value={search.from} onChange={(from) => set({ from })} />
      <InstantField className={styles.whole} label="Until" value={search.to} onChange={(to) => set({ to })} />
      <Order search={search} set={set} />
    </search>
  );
}

interface Field {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function OneOf({ label, names, value, onChange }: Field & { readonly names: readonly string[] }) {
  // what the address names may be gone by now, and is still a condition
  const data = [...new Set([...names, ...(value === undefined ? [] : [value])])].toSorted();
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      searchable
      clearable
      data={data}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

function Order({ search, set }: { readonly search: HistorySearch; readonly set: (change: HistorySearch) => void }) {
  const ascending = search.order === 'asc';
  const label = ascending ? 'Ascending' : 'Descending';
  const Icon = ascending ? ArrowUpNarrowWide : ArrowDownWideNarrow;
  return (
    <div className={styles.order}>
      <Select
        aria-label="Sort by"
        allowDeselect={false}
        data={SORTS.map((value) => ({ value, label: `by ${value}` }))}
        value={search.sort ?? 'created'}
        onChange={(sort) => set({ sort: SORTS.find((each) => each === sort && each !== 'created') })}
      />
      <Tooltip label={label}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={label}
          onClick={() => set({ order: ascending ? undefined : 'asc' })}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
