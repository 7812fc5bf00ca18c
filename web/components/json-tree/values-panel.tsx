import { TextInput } from '@mantine/core';
import { Braces, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../../src/model/json.ts';
import { Empty } from '../empty.tsx';
import { found } from './found.ts';
import styles from './json-tree.module.css';
import { JsonTree } from './json-tree.tsx';

/** With fewer values there is nothing to search. */
const SEARCHED_FROM = 6;

interface ValuesPanelProps {
  /** `Config`. */
  readonly label: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Said where there are none. */
  readonly nothing: string;
  /** What can be done with one of them. */
  readonly actionsOf?: (name: string) => ReactNode;
}

/** Names and values, with whatever lies in them, to be searched and copied; what the client keeps for itself is left out. */
export function ValuesPanel({ label, values, nothing, actionsOf }: ValuesPanelProps) {
  const [search, setSearch] = useState('');
  const own = Object.fromEntries(
    Object.entries(values as Record<string, Json>)
      .filter(([name]) => !name.startsWith('_'))
      .toSorted(([one], [other]) => one.localeCompare(other, 'en')),
  );
  const size = Object.keys(own).length;
  if (size === 0) {
    return (
      <Empty icon={Braces} title={`No ${label.toLowerCase()}`}>
        {nothing}
      </Empty>
    );
  }
  const wanted = search.trim().toLowerCase();
  const shown = found('', own, wanted);
  return (
    <section className={styles.panel} aria-label={label}>
      {size >= SEARCHED_FROM && (
        <TextInput
          className={styles.search ?? ''}
          variant="unstyled"
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search names and values"
          value={search}
          leftSection={<Search size={14} aria-hidden />}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      {shown === undefined ? (
        <p className={styles.nothing}>No name or value holds that.</p>
      ) : (
        // what a search leaves is open, and closed again once it is over
        <JsonTree
          key={wanted === '' ? 'all' : wanted}
          label={label}
          value={shown}
          open={wanted !== ''}
          {...(actionsOf === undefined ? {} : { actionsOf })}
        />
      )}
    </section>
  );
}
