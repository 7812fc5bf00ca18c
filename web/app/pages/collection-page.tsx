import { Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EditText } from '../../components/edit-text.tsx';
import { LabelEditor } from '../../components/label-editor.tsx';
import { Page } from '../../components/page.tsx';
import { useChangeCollection, useCollectionTags } from '../../features/artifacts/api/change-collection.ts';
import { collectionQuery } from '../../features/artifacts/api/get-collection.ts';
import { CollectionDeeds } from '../../features/artifacts/components/collection/collection-deeds.tsx';
import { CompareVersions } from '../../features/artifacts/components/collection/compare-versions.tsx';
import { NewVersionCode } from '../../features/artifacts/components/collection/new-version-code.tsx';
import type { VersionConditions } from '../../features/artifacts/components/collection/version-filter.ts';
import { VersionFilters } from '../../features/artifacts/components/collection/version-filters.tsx';
import { VersionTable } from '../../features/artifacts/components/collection/version-table.tsx';
import { CollectionLead } from '../../features/artifacts/components/collection-lead.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { throwMissing } from '../../lib/api/api-error.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { COLLECTION_TABS, type CollectionSearch, isTab } from '../artifact-search.ts';
import { CollectionAutomationsPart } from './collection-automations-part.tsx';
import styles from './collection-page.module.css';
import { NewButton } from './new-automation-button.tsx';
import tabs from './tab-list.module.css';
import { useArtifactRights } from './use-artifact-rights.ts';

const route = getRouteApi('/inside/$entity/$project/artifacts/$type/$collection');

/** An artifact collection: its versions, how two of them differ, what watches it, and what it triggered. */
export function CollectionPage() {
  const { entity, project, type, collection: name } = route.useParams();
  useLive({ entities: [entity], project });
  const { tab = 'versions', from, to } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: collection, error } = useSuspenseQuery(collectionQuery(entity, project, name));
  throwMissing(error);
  const address = { entity, project, collection: name };
  const rights = useArtifactRights(entity, project);
  const change = useChangeCollection(address);
  const tags = useCollectionTags(address);
  const create = (
    <NewButton
      {...{ entity, project, collection: name }}
      type={collection.kind === 'sequence' ? 'CREATE_ARTIFACT' : 'LINK_MODEL'}
    />
  );
  const leave = () =>
    void (rights.registry === null
      ? navigate({ to: '/$entity/$project/artifacts', params: { entity, project } })
      : navigate({
          to: '/orgs/$organization/registry/$registry',
          params: { organization: entity, registry: rights.registry },
        }));
  const open = (collectionName: string) =>
    void navigate({
      to: '/$entity/$project/artifacts/$type/$collection',
      params: { entity, project, type, collection: collectionName },
    });
  return (
    <Page
      title={name}
      within={[project, entity]}
      lead={<CollectionLead collection={collection} />}
      actions={
        <>
          {create}
          {rights.mayEdit && (
            <CollectionDeeds address={address} collection={collection} onRenamed={open} onDeleted={leave} />
          )}
        </>
      }
    >
      <div className={styles.about}>
        <EditText
          label="Description"
          text={collection.description}
          mayEdit={rights.mayEdit}
          save={(description) => change.mutateAsync({ description })}
        />
        <LabelEditor noun="tag" of={name} labels={collection.tags} isAlone mayEdit={rights.mayEdit} change={tags} />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => isTab(next) && void navigate({ search: { tab: next }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md" className={tabs.list ?? ''}>
          {Object.entries(COLLECTION_TABS).map(([value, words]) => (
            <Tabs.Tab key={value} value={value}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="versions">
          <Versions />
        </Tabs.Panel>
        <Tabs.Panel value="compare">
          <CompareVersions
            address={address}
            from={from}
            to={to}
            onChange={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
          />
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

/** The versions, how they are looked for, and how the next one comes. */
function Versions() {
  const { entity, project, collection: name } = route.useParams();
  const { search = '', alias, tag, filter, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: collection } = useSuspenseQuery(collectionQuery(entity, project, name));
  const rights = useArtifactRights(entity, project);
  const address = { entity, project, collection: name };
  const conditions: VersionConditions = { search, alias, tag, filter };
  const settled = { ...conditions, search: useSettled(search) };
  const seek = (part: CollectionSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <>
      <VersionFilters
        address={address}
        newest={collection.newest}
        conditions={conditions}
        sort={sort}
        onSort={(next) => seek({ sort: next })}
        onChange={(part) => seek({ ...part, ...('search' in part ? { search: part.search || undefined } : {}) })}
      />
      <VersionTable
        key={name}
        entity={entity}
        project={project}
        collection={collection}
        conditions={settled}
        sort={sort}
        onSort={(next) => seek({ sort: next })}
        rights={rights}
        onClear={() => void navigate({ search: { sort }, replace: true })}
      />
      {rights.mayEdit && (
        <div className={styles.code}>
          <NewVersionCode address={address} collection={collection} />
        </div>
      )}
    </>
  );
}
