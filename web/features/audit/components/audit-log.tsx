import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { useSettled } from '../../../lib/use-settled.ts';
import { type AuditSearch, filterOf, isNarrowed } from '../api/audit-search.ts';
import { auditQuery } from '../api/list-audit.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { EntryDrawer } from './entry-drawer.tsx';

interface AuditLogProps {
  /** Absent for the installation itself. */
  readonly entity?: string;
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
  /** Names of people who may have done something. */
  readonly actors: readonly string[];
  /** Names of the entities whose entries stand here beside the entity's own, by id. */
  readonly places?: ReadonlyMap<string, string>;
}

const NOWHERE: ReadonlyMap<string, string> = new Map();

/** Who changed what, narrowed as the address tells. */
export function AuditLog({ entity, search, onSearch, actors, places = NOWHERE }: AuditLogProps) {
  const subject = useSettled(search.subject ?? '');
  const filter = { ...filterOf(search), subject: subject || undefined };
  const list = useInfiniteQuery(auditQuery(entity, filter));
  const open = list.data?.find(({ id }) => id === search.entry);
  return (
    <>
      <AuditFilters search={search} onSearch={onSearch} actors={actors} />
      {list.error !== null && list.data === undefined ? (
        <ErrorPanel error={list.error} retry={list.refetch} />
      ) : (
        <>
          <AuditTable
            rows={list.data}
            places={places}
            onOpen={(id) => onSearch({ ...search, entry: id })}
            empty={
              isNarrowed(search) ? (
                <NothingFound title="No entry matches" clear={() => onSearch({})}>
                  All conditions must hold, and names must be whole. Leave one out to find more.
                </NothingFound>
              ) : (
                <NothingYet />
              )
            }
          />
          <MoreButton list={list} />
        </>
      )}
      <EntryDrawer entry={open} onClose={() => onSearch({ ...search, entry: undefined })} />
    </>
  );
}

function NothingYet() {
  return (
    <Empty icon={ScrollText} title="Nothing was changed yet">
      Each change of a setting or a definition is kept here: who, what, before and after. Nobody can change or delete
      it.
    </Empty>
  );
}
