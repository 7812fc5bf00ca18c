import { Select } from '@mantine/core';
import { InstantField } from '../../../components/instant-field.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { type AuditSearch, DEEDS } from '../api/audit-search.ts';
import styles from './audit-filters.module.css';
import { deedWords } from './deed-words.ts';

interface AuditFiltersProps {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
  /** Names of people who may have done something. */
  readonly actors: readonly string[];
}

/** No name of a user has such signs. */
const SYSTEM = '(system)';

const DEED_CHOICES = DEEDS.map((value) => ({ value, label: deedWords(value) }));

/** The conditions of an audit log: what, who, when. */
export function AuditFilters({ search, onSearch, actors }: AuditFiltersProps) {
  const set = (change: AuditSearch) => onSearch({ ...search, ...change, entry: undefined });
  const { actor, actorKind } = search;
  const names = [...new Set([...actors, ...(actor === undefined ? [] : [actor])])].toSorted();
  return (
    <search className={styles.filters}>
      <SearchBox
        label="Kind, name or id"
        value={search.subject ?? ''}
        onChange={(text) => set({ subject: text || undefined })}
      />
      <Select
        aria-label="Deed"
        placeholder="Any deed"
        searchable
        clearable
        data={DEED_CHOICES}
        value={search.deed ?? null}
        onChange={(chosen) => set({ deed: DEEDS.find((deed) => deed === chosen) })}
      />
      <Select
        aria-label="Who"
        placeholder="Anybody"
        searchable
        clearable
        data={[{ value: SYSTEM, label: 'the system' }, ...names.map((name) => ({ value: name, label: name }))]}
        value={actorKind === 'system' ? SYSTEM : (actor ?? null)}
        onChange={(chosen) =>
          set(
            chosen === SYSTEM
              ? { actor: undefined, actorKind: 'system' }
              : { actor: chosen ?? undefined, actorKind: undefined },
          )
        }
      />
      <InstantField className={styles.when} label="From" value={search.from} onChange={(from) => set({ from })} />
      <InstantField className={styles.when} label="Until" value={search.to} onChange={(to) => set({ to })} />
    </search>
  );
}
