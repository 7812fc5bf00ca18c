import { Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { collectionQuery } from '../../features/artifacts/api/get-collection.ts';
import { CollectionLead } from '../../features/artifacts/components/collection-lead.tsx';
import { VersionTable } from '../../features/artifacts/components/version-table.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { COLLECTION_TABS, isTab } from '../artifact-search.ts';
import { CollectionAutomationsPart } from './collection-automations-part.tsx';
import { NewButton } from './new-automation-button.tsx';

const route = getRouteApi('/inside/$entity/$project/artifacts/$type/$collection');

/** An artifact collection: its versions, what watches it, and what it triggered. */
export function CollectionPage() {
  const { entity, project, collection: name } = route.useParams();
  useLive({ entities: [entity], project });
  const { tab = 'versions', search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: collection } = useSuspenseQuery(collectionQuery(entity, project, name));
  const settled = useSettled(search);
  const create = (
    <NewButton
      {...{ entity, project, collection: name }}
      type={collection.kind === 'sequence' ? 'CREATE_ARTIFACT' : 'LINK_MODEL'}
    />
  );
  return (
    <Page
      title={name}
      within={[project, entity]}
      lead={<CollectionLead collection={collection} />}
      actions={
        <>
          {tab === 'versions' && (
            <SearchBox
              label="Search versions"
              value={search}
              onChange={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
            />
          )}
          {create}
        </>
      }
    >
      <Tabs
        value={tab}
        onChange={(next) => isTab(next) && void navigate({ search: { tab: next }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {Object.entries(COLLECTION_TABS).map(([value, words]) => (
            <Tabs.Tab key={value} value={value}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="versions">
          <VersionTable entity={entity} project={project} collection={collection} search={settled} />
        </Tabs.Panel>
        <Tabs.Panel value="automations">
          <CollectionAutomationsPart entity={entity} project={project} collection={name} create={create} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <SubjectExecutions subject={{ kind: 'collection', entity, project, collection: name }} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
