import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Package } from 'lucide-react';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { CommandLine } from '../../components/command-line.tsx';
import { Empty } from '../../components/empty.tsx';
import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Time } from '../../components/time.tsx';
import { NewCollection } from '../../features/artifacts/components/collection/new-collection.tsx';
import { CollectionTable } from '../../features/artifacts/components/collection-table.tsx';
import { TypeFilter } from '../../features/artifacts/components/type-filter.tsx';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import { typesWords } from '../../features/registries/components/types-words.ts';
import { useSettled } from '../../lib/use-settled.ts';
import type { CollectionsSearch } from '../artifact-search.ts';
import { RegistryFrame } from './registry-frame.tsx';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry');

/** A registry: what it takes, and its collections. */
export function RegistryPage() {
  const { organization, registry } = route.useParams();
  const { search = '', type } = route.useSearch();
  const navigate = route.useNavigate();
  const { data } = useSuspenseQuery(registryQuery(organization, registry));
  const project = REGISTRY_PREFIX + registry;
  const seek = (part: CollectionsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <RegistryFrame
      organization={organization}
      registry={registry}
      actions={
        <>
          <SearchBox
            label="Search collections"
            value={search}
            onChange={(text) => seek({ search: text || undefined })}
          />
          {data.may.includes('log') && (
            <NewCollection
              entity={organization}
              project={project}
              types={data.artifactTypes}
              takesAll={data.allowAllArtifactTypes}
              onCreated={(collection, made) =>
                void navigate({
                  to: '/$entity/$project/artifacts/$type/$collection',
                  params: { entity: organization, project, type: made, collection },
                })
              }
            />
          )}
        </>
      }
    >
      <Facts
        facts={[
          ['Takes', typesWords(data)],
          ['Seen by', data.visibility === 'Restricted' ? 'who is invited' : organization],
          ['Protected aliases', data.protectedAliases.join(', ')],
          ['Created', <Time key="created" at={data.createdAt} />],
        ]}
      />
      <Section title="Collections">
        <TypeFilter entity={organization} project={project} type={type} onChange={(next) => seek({ type: next })} />
        <CollectionTable
          entity={organization}
          project={project}
          search={useSettled(search)}
          type={type}
          none={<NoCollections project={project} />}
        />
      </Section>
    </RegistryFrame>
  );
}

function NoCollections({ project }: { readonly project: string }) {
  const line = `run.link_artifact(artifact, "${project}/my-collection")`;
  return (
    <Empty icon={Package} title="No collections yet" action={<CommandLine text={line} label="Copy the line" />}>
      A collection appears with the first version that is linked to it, or is made empty.
    </Empty>
  );
}
