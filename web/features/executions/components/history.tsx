import { Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { ExportMenu } from '../../../components/export-menu.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { Time } from '../../../components/time.tsx';
import { useSettled } from '../../../lib/use-settled.ts';
import { filterOf, type HistorySearch, isNarrowed } from '../api/history-search.ts';
import { executionsQuery, exportAddress } from '../api/list-executions.ts';
import { BulkMenu } from './bulk-menu.tsx';
import { ExecutionTable } from './execution-table.tsx';
import { type FilterChoices, HistoryFilters } from './history-filters.tsx';

interface HistoryProps {
  readonly entity: string;
  /** Only what happened in this project. */
  readonly project?: string;
  readonly search: HistorySearch;
  readonly onSearch: (search: HistorySearch) => void;
  readonly choices: FilterChoices;
}

/** What automations did, narrowed and ordered as the address tells. */
export function History({ entity, project, search, onSearch, choices }: HistoryProps) {
  const settled = useSettled(search.search ?? '');
  const asked = { ...search, search: settled || undefined };
  const list = useInfiniteQuery(executionsQuery(entity, asked, project));
  const filter = filterOf(search, project);
  return (
    <>
      <HistoryFilters search={search} onSearch={onSearch} choices={choices} />
      <Group justify="flex-end" gap="xs" mb="sm">
        <BulkMenu entity={entity} filter={filter} />
        <ExportMenu name="executions" address={(format) => exportAddress(entity, filter, format)} />
      </Group>
      {list.error !== null && list.data === undefined ? (
        <ErrorPanel error={list.error} retry={list.refetch} />
      ) : (
        <>
          <ExecutionTable
            label="Executions"
            rows={list.data?.rows}
            empty={
              isNarrowed(search) ? (
                <NothingFound title="No execution matches" clear={() => onSearch({})}>
                  All conditions must hold. Leave one out to find more.
                </NothingFound>
              ) : (
                <NoExecutions />
              )
            }
          />
          {list.data?.searchedTo != null && list.hasNextPage && <LookedBack to={list.data.searchedTo} />}
          <MoreButton list={list} />
        </>
      )}
    </>
  );
}

function NoExecutions() {
  return (
    <Empty icon={HistoryIcon} title="Nothing has happened yet">
      Each time an automation answers an event, what it did and why stands here.
    </Empty>
  );
}

function LookedBack({ to }: { readonly to: string }) {
  return (
    <Group justify="center" mt="md" c="dimmed" fz="sm" gap={4}>
      Looked back to what happened <Time at={to} />
    </Group>
  );
}
