import { useInfiniteQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { useSettled } from '../../../lib/use-settled.ts';
import { type AutomationSearch, isNarrowed } from '../api/automation-search.ts';
import { automationsQuery } from '../api/list-automations.ts';
import { type AutomationChoices, AutomationFilters } from './automation-filters.tsx';
import { AutomationTable } from './automation-table.tsx';

interface HubProps {
  /** Only what watches this project, `ENTITY/PROJECT`. */
  readonly within?: string;
  readonly search: AutomationSearch;
  readonly onSearch: (search: AutomationSearch) => void;
  readonly choices: AutomationChoices;
  /** How one makes the first. */
  readonly create?: ReactNode;
}

/** Automations that one may see, narrowed and ordered as the address tells. */
export function Hub({ within, search, onSearch, choices, create }: HubProps) {
  const asked = { ...search, search: useSettled(search.search ?? '') || undefined };
  const list = useInfiniteQuery(automationsQuery(asked, within));
  const empty = isNarrowed(search) ? (
    <NothingFound title="No automation matches" clear={() => onSearch({})}>
      All conditions must hold. The search looks at names, descriptions, metrics, destinations, scopes and creators.
    </NothingFound>
  ) : (
    <NoAutomations create={create} />
  );
  return (
    <>
      <AutomationFilters search={search} onSearch={onSearch} choices={choices} />
      {list.error !== null && list.data === undefined ? (
        <ErrorPanel error={list.error} retry={list.refetch} />
      ) : (
        <>
          <AutomationTable rows={list.data} empty={empty} />
          <MoreButton list={list} />
        </>
      )}
    </>
  );
}

function NoAutomations({ create }: { readonly create: ReactNode }) {
  return (
    <Empty icon={Zap} title="No automations yet" action={create}>
      <p>An automation watches runs or artifacts and sends a webhook or a Slack message when something happens:</p>
      <p>
        “when <b>AVERAGE(val/loss) over the last 10 values &gt; 0.5</b>, tell #training”
        <br />
        “when a version gets the alias <b>production</b>, deploy it”
      </p>
    </Empty>
  );
}
