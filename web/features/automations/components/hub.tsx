import { useQueries } from '@tanstack/react-query';
import { SearchX, Zap } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { type Automation, automationsQuery } from '../api/list-automations.ts';
import { AutomationTable } from './automation-table.tsx';
import { scopeWords } from './scope-words.ts';

interface HubProps {
  readonly entities: readonly string[];
  readonly search: string;
  /** Which of them belong here; all, where it is left out. */
  readonly covers?: (automation: Automation) => boolean;
}

/** The automations of some entities in one list, by name. */
export function Hub({ entities, search, covers = () => true }: HubProps) {
  const { rows, error, retry } = useQueries({ queries: entities.map(automationsQuery), combine: together });
  if (error !== null) return <ErrorPanel error={error} retry={retry} />;
  const here = rows?.filter(covers);
  const found = here?.filter((each) => isFound(each, search));
  return <AutomationTable rows={found} empty={here?.length === 0 ? <NoAutomations /> : <NothingFound />} />;
}

interface Listing {
  readonly data: readonly Automation[] | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

function together(lists: readonly Listing[]) {
  const all = lists.map(({ data }) => data);
  const loaded = all.every((each) => each !== undefined);
  const rows = all.flatMap((each) => each ?? []).toSorted((one, other) => one.name.localeCompare(other.name));
  const error = lists.map((each) => each.error).find((each) => each !== null) ?? null;
  return { rows: loaded ? rows : undefined, error, retry: () => lists.forEach(({ refetch }) => void refetch()) };
}

function isFound(automation: Automation, search: string): boolean {
  const { name, when, destination, author } = automation;
  const text = [name, when, destination, author, scopeWords(automation)].join('\n').toLowerCase();
  return text.includes(search.trim().toLowerCase());
}

function NoAutomations() {
  return (
    <Empty icon={Zap} title="No automations yet">
      <p>An automation watches runs or artifacts and sends a webhook or a Slack message when something happens:</p>
      <p>
        “when <b>AVERAGE(val/loss) over the last 10 values &gt; 0.5</b>, tell #training”
        <br />
        “when a version gets the alias <b>production</b>, deploy it”
      </p>
    </Empty>
  );
}

function NothingFound() {
  return (
    <Empty icon={SearchX} title="No automation matches">
      The search looks at names, events, destinations, scopes and authors.
    </Empty>
  );
}
