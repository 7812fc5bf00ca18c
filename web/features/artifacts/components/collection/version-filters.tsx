import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FilterBar } from '../../../../components/filter-bar.tsx';
import { Filters, OneOf, SortBy } from '../../../../components/filters.tsx';
import { SearchBox } from '../../../../components/search-box.tsx';
import { versionQuery } from '../../api/get-version.ts';
import { type LabelNoun, useLabelNames } from '../../api/list-labels.ts';
import {
  type CollectionAddress,
  USUAL_SORT,
  VERSION_ORDERS,
  type VersionOrder,
  type VersionSort,
} from '../../api/list-versions.ts';
import { flatValues } from '../flat-values.ts';
import { faultOfLine, VERSION_FIELDS, type VersionConditions } from './version-filter.ts';
import styles from './version-filters.module.css';

interface VersionFiltersProps {
  readonly address: CollectionAddress;
  /** Number of the newest version, whose metadata tell what can be asked for. */
  readonly newest: string | null;
  readonly conditions: VersionConditions;
  readonly onChange: (part: Partial<VersionConditions>) => void;
  readonly sort: VersionSort | undefined;
  readonly onSort: (sort: VersionSort | undefined) => void;
}

/** By what the versions of a collection are looked for. */
export function VersionFilters(props: VersionFiltersProps) {
  const { address, newest, conditions, onChange, sort = USUAL_SORT, onSort } = props;
  const { search, alias, tag, filter } = conditions;
  const isDescending = sort.startsWith('-');
  const order = sort.replace(/^-/, '') as VersionOrder;
  return (
    <>
      <Filters>
        <SearchBox label="Search versions" value={search} onChange={(text) => onChange({ search: text })} />
        <OneLabel address={address} noun="alias" value={alias} onChange={(next) => onChange({ alias: next })} />
        <OneLabel address={address} noun="tag" value={tag} onChange={(next) => onChange({ tag: next })} />
        <div className={styles.narrow}>
          <SortBy
            words={VERSION_ORDERS}
            sort={order}
            ascending={!isDescending}
            onSort={(next) => onSort(`-${next}`)}
            onTurn={() => onSort(isDescending ? order : `-${order}`)}
          />
        </div>
      </Filters>
      <div className={styles.bar}>
        <FilterBar
          filter={filter}
          names={useFieldNames(address, newest)}
          fieldWords={(field) => field}
          faultOf={faultOfLine}
          onFilter={(next) => onChange({ filter: next })}
        />
      </div>
    </>
  );
}

interface OneLabelProps {
  readonly address: CollectionAddress;
  readonly noun: LabelNoun;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function OneLabel({ address, noun, value, onChange }: OneLabelProps) {
  const { names, onBegin } = useLabelNames(address, noun);
  const label = noun === 'alias' ? 'Alias' : 'Tag';
  return <OneOf label={label} names={names} value={value} onChange={onChange} onSearch={onBegin} />;
}

const MOST_PATHS = 200;

function useFieldNames({ entity, project, collection }: CollectionAddress, newest: string | null): readonly string[] {
  const query = versionQuery(entity, project, collection, newest ?? '');
  const { data } = useQuery({ ...query, enabled: newest !== null });
  const metadata = data?.metadata;
  return useMemo(() => {
    const paths = Object.keys(flatValues(metadata ?? {})).slice(0, MOST_PATHS);
    return [...VERSION_FIELDS, ...paths.map((path) => `metadata.${path}`)];
  }, [metadata]);
}
