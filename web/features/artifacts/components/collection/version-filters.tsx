import { Select, TextInput } from '@mantine/core';
import { Filters, OneOf } from '../../../../components/filters.tsx';
import { SearchBox } from '../../../../components/search-box.tsx';
import { isOperator, METADATA_OPERATORS, type VersionConditions } from './version-filter.ts';
import styles from './version-filters.module.css';

interface VersionFiltersProps {
  readonly conditions: VersionConditions;
  /** Names that versions have, to choose one. */
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly onChange: (part: Partial<VersionConditions>) => void;
}

/** By what the versions of a collection are looked for. */
export function VersionFilters({ conditions, aliases, tags, onChange }: VersionFiltersProps) {
  const { search, alias, tag, path = '', is, value = '' } = conditions;
  return (
    <Filters>
      <SearchBox label="Search versions" value={search} onChange={(text) => onChange({ search: text })} />
      <OneOf label="Alias" names={aliases} value={alias} onChange={(next) => onChange({ alias: next })} />
      <OneOf label="Tag" names={tags} value={tag} onChange={(next) => onChange({ tag: next })} />
      <fieldset className={styles.metadata} aria-label="Metadata">
        <TextInput
          aria-label="Path of metadata"
          placeholder="eval.loss"
          value={path}
          onChange={(event) => onChange({ path: event.currentTarget.value || undefined })}
        />
        <Select
          aria-label="Comparison"
          allowDeselect={false}
          data={Object.entries(METADATA_OPERATORS).map(([operator, words]) => ({ value: operator, label: words }))}
          value={is}
          onChange={(next) => isOperator(next) && onChange({ is: next })}
        />
        <TextInput
          aria-label="Value of metadata"
          placeholder="0.5"
          value={value}
          onChange={(event) => onChange({ value: event.currentTarget.value || undefined })}
        />
      </fieldset>
    </Filters>
  );
}
