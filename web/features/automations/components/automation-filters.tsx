import { AnyOf, Filters, OneOf, SortBy, useMoreFilters } from '../../../components/filters.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { eventLabel } from '../../../lib/event-label.ts';
import { wordsBy } from '../../../lib/words.ts';
import { ACTIONS, type AutomationSearch, EVENTS, LASTS, SCOPES, SORTS } from '../api/automation-search.ts';
import { ACTION_KINDS } from './action-words.tsx';

/** What people may choose among. */
export interface AutomationChoices {
  /** Left out where all are of one project. */
  readonly entities?: readonly string[];
  /** Of the entity that is chosen. */
  readonly projects: readonly string[];
  readonly creators: readonly string[];
}

interface AutomationFiltersProps {
  readonly search: AutomationSearch;
  readonly onSearch: (search: AutomationSearch) => void;
  readonly choices: AutomationChoices;
}

const SCOPE_NAMES = { entity: 'All projects', project: 'A project', collection: 'A collection' } as const;
const SORT_NAMES = {
  name: 'by name',
  created: 'by creation',
  last_execution: 'by last execution',
  failures: 'by failures in 24 h',
} as const;

const EVENT_WORDS = wordsBy(EVENTS, eventLabel);
const ACTION_WORDS = wordsBy(ACTIONS, (type) => ACTION_KINDS[type].label);
const SCOPE_WORDS = wordsBy(SCOPES, (kind) => SCOPE_NAMES[kind]);
const LAST_WORDS = wordsBy(LASTS, (status) => (status === 'never' ? 'never executed' : status));
const SORT_WORDS = wordsBy(SORTS, (sort) => SORT_NAMES[sort]);
const SWITCH = ['on', 'off'] as const;

/** The conditions and the order of a list of automations. */
export function AutomationFilters({ search, onSearch, choices }: AutomationFiltersProps) {
  const set = (change: AutomationSearch) => onSearch({ ...search, ...change });
  const { sort = 'name' } = search;
  const ascending = (search.order ?? usualOrder(sort)) === 'asc';
  const turned = ascending ? 'desc' : 'asc';
  const { entity, action, scope, last, enabled, creator } = search;
  const more = useMoreFilters([entity, action, scope, last, enabled, creator]);
  return (
    <Filters>
      <SearchBox
        label="Search automations"
        value={search.search ?? ''}
        onChange={(text) => set({ search: text || undefined })}
      />
      <AnyOf label="Event" words={EVENT_WORDS} value={search.event} onChange={(event) => set({ event: copy(event) })} />
      {more.button}
      <SortBy
        words={SORT_WORDS}
        sort={sort}
        ascending={ascending}
        onSort={(next) => set({ sort: next === 'name' ? undefined : next, order: undefined })}
        onTurn={() => set({ order: turned === usualOrder(sort) ? undefined : turned })}
      />
      {more.opened && <FurtherFilters search={search} set={set} choices={choices} />}
    </Filters>
  );
}

interface FurtherFiltersProps {
  readonly search: AutomationSearch;
  readonly set: (change: AutomationSearch) => void;
  readonly choices: AutomationChoices;
}

function FurtherFilters({ search, set, choices: { entities, projects, creators } }: FurtherFiltersProps) {
  return (
    <>
      {entities !== undefined && (
        <OneOf
          label="Team"
          names={entities}
          value={search.entity}
          onChange={(entity) => set({ entity, project: undefined })}
        />
      )}
      {entities !== undefined && search.entity !== undefined && (
        <OneOf label="Project" names={projects} value={search.project} onChange={(project) => set({ project })} />
      )}
      <AnyOf
        label="Action"
        words={ACTION_WORDS}
        value={search.action}
        onChange={(action) => set({ action: copy(action) })}
      />
      <AnyOf label="Scope" words={SCOPE_WORDS} value={search.scope} onChange={(scope) => set({ scope: copy(scope) })} />
      <AnyOf
        label="Last execution"
        words={LAST_WORDS}
        value={search.last}
        onChange={(last) => set({ last: copy(last) })}
      />
      <OneOf
        label="State"
        names={SWITCH}
        value={search.enabled === undefined ? undefined : search.enabled ? 'on' : 'off'}
        onChange={(word) => set({ enabled: word === undefined ? undefined : word === 'on' })}
      />
      <OneOf label="Creator" names={creators} value={search.creator} onChange={(creator) => set({ creator })} />
    </>
  );
}

/** As the API sorts where nothing is said. */
function usualOrder(sort: NonNullable<AutomationSearch['sort']>): 'asc' | 'desc' {
  return sort === 'last_execution' || sort === 'failures' ? 'desc' : 'asc';
}

const copy = <Item,>(items: readonly Item[] | undefined): Item[] | undefined => items && [...items];
