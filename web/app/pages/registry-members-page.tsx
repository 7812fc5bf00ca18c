import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { organizationQuery } from '../../features/organizations/api/organizations.ts';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import { AddRegistryMember } from '../../features/registries/components/add-registry-member.tsx';
import { RegistryMemberTable } from '../../features/registries/components/registry-member-table.tsx';
import { RegistryFrame } from './registry-frame.tsx';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry/members');

/** Who has a role in a registry: people, and teams. */
export function RegistryMembersPage() {
  const { organization, registry } = route.useParams();
  const { data } = useSuspenseQuery(registryQuery(organization, registry));
  const manages = data.may.includes('manage_members');
  const others =
    data.visibility === 'Restricted'
      ? `Only admins of ${organization} see this registry.`
      : `Everybody in ${organization} is a viewer; its admins are admins here.`;
  return (
    <RegistryFrame
      organization={organization}
      registry={registry}
      part="Members"
      actions={manages && <Add organization={organization} registry={registry} />}
    >
      {data.may.includes('see_members') ? (
        <RegistryMemberTable organization={organization} registry={registry} manages={manages} others={others} />
      ) : (
        <Empty icon={Lock} title="Not for restricted viewers">
          Who else is invited is told to viewers and above.
        </Empty>
      )}
    </RegistryFrame>
  );
}

function Add({ organization, registry }: { readonly organization: string; readonly registry: string }) {
  const { data: entity } = useQuery(entityQuery(organization));
  const { data: above } = useQuery(organizationQuery(organization));
  const people = (entity?.members ?? []).flatMap(({ username, serviceAccount }) => (serviceAccount ? [] : [username]));
  const teams = (above?.teams ?? []).map(({ name }) => name);
  return <AddRegistryMember organization={organization} registry={registry} people={people} teams={teams} />;
}
