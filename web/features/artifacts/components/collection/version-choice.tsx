import { type ComboboxItem, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSettled } from '../../../../lib/use-settled.ts';
import { type CollectionAddress, versionsQuery } from '../../api/list-versions.ts';
import labelStyles from '../labels.module.css';
import { Labels } from '../labels.tsx';

interface VersionChoiceProps {
  readonly address: CollectionAddress;
  readonly label: string;
  /** The number of the version. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One version of a collection, found by a part of its number, of an alias or of a tag. */
export function VersionChoice({ address, label, value, onChange }: VersionChoiceProps) {
  const [typed, type] = useState('');
  // the version that is chosen stands in the field, and is no search
  const { data } = useInfiniteQuery(versionsQuery(address, { search: useSettled(typed === value ? '' : typed) }));
  const found = new Map(data?.rows.map((version) => [version.version, version]));
  return (
    <Select
      aria-label={label}
      searchable
      allowDeselect={false}
      leftSection={label.toLowerCase()}
      leftSectionWidth={48}
      data={[...new Set([...found.keys(), value])]}
      filter={({ options }) => options.filter((option) => found.has((option as ComboboxItem).value))}
      nothingFoundMessage="No version has that in its number, an alias or a tag."
      renderOption={({ option }) => (
        <span className={labelStyles.labels}>
          {option.value}
          <Labels aliases={found.get(option.value)?.aliases ?? []} tags={found.get(option.value)?.tags ?? []} />
        </span>
      )}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      onSearchChange={type}
    />
  );
}
