import { ActionIcon, Button, MultiSelect, Select, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ArrowDownWideNarrow, ArrowUpNarrowWide, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './filters.module.css';

/** The conditions and the order of a list: the first takes a whole line on a narrow screen. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <search className={styles.filters}>{children}</search>;
}

/** Conditions that fewer people want. @param values of all of them; those that are there are counted, and seen at once */
export function useMoreFilters(values: readonly unknown[]): { readonly opened: boolean; readonly button: ReactNode } {
  const used = values.filter((each) => each !== undefined).length;
  const [opened, { toggle }] = useDisclosure(used > 0);
  const button = (
    <Button
      variant="default"
      leftSection={<SlidersHorizontal size={15} aria-hidden />}
      aria-expanded={opened}
      onClick={toggle}
    >
      {used === 0 ? 'More filters' : `More filters: ${used}`}
    </Button>
  );
  return { opened, button };
}

interface AnyOfProps<Value extends string> {
  readonly label: string;
  /** What can be chosen, with its words. */
  readonly words: Readonly<Record<Value, string>>;
  readonly value: readonly Value[] | undefined;
  readonly onChange: (value: readonly Value[] | undefined) => void;
}

/** Any of some values; none is no condition. */
export function AnyOf<Value extends string>({ label, words, value, onChange }: AnyOfProps<Value>) {
  const values = Object.keys(words) as Value[];
  return (
    <MultiSelect
      aria-label={label}
      placeholder={value === undefined ? `Any ${label.toLowerCase()}` : ''}
      data={values.map((each) => ({ value: each, label: words[each] }))}
      value={[...(value ?? [])]}
      onChange={(chosen) => {
        const some = values.filter((each) => chosen.includes(each));
        onChange(some.length === 0 ? undefined : some);
      }}
    />
  );
}

interface OneOfProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** Told what somebody types, where only those names are given that begin with it. */
  readonly onSearch?: (text: string) => void;
}

/** One of some names; none is no condition. */
export function OneOf({ label, names, value, onChange, onSearch }: OneOfProps) {
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
      onDropdownOpen={() => onSearch?.('')}
      // the name that is chosen stands in the field, and is no search
      onSearchChange={(text) => onSearch?.(text === value ? '' : text)}
    />
  );
}

interface SortByProps<Sort extends string> {
  /** What is sorted, where a page sorts more than one thing. */
  readonly label?: string;
  readonly words: Readonly<Record<Sort, string>>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Which way round; absent where each order has but one. */
  readonly ascending?: boolean;
  readonly onTurn?: () => void;
}

/** By what a list is sorted, and which way round. */
export function SortBy<Sort extends string>({
  label = 'Sort by',
  words,
  sort,
  ascending = false,
  onSort,
  onTurn,
}: SortByProps<Sort>) {
  const sorts = Object.keys(words) as Sort[];
  const direction = ascending ? 'Ascending' : 'Descending';
  const Icon = ascending ? ArrowUpNarrowWide : ArrowDownWideNarrow;
  return (
    <div className={styles.order}>
      <Select
        aria-label={label}
        allowDeselect={false}
        data={sorts.map((value) => ({ value, label: words[value] }))}
        value={sort}
        onChange={(chosen) => {
          const found = sorts.find((each) => each === chosen);
          if (found !== undefined) onSort(found);
        }}
      />
      {onTurn !== undefined && (
        <Tooltip label={direction}>
          <ActionIcon variant="default" size={36} aria-label={`${label}: ${direction}`} onClick={onTurn}>
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
