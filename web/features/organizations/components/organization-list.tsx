import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { EntityMark } from '../../../components/entity-mark.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { Section } from '../../../components/page.tsx';
import { count } from '../../../lib/words.ts';
import { type ListedOrganization, organizationsQuery } from '../api/organizations.ts';
import { NewTeam } from './new-place.tsx';
import { TeamTable } from './team-table.tsx';

/** Every organization with its teams, for instance admins. */
export function OrganizationList() {
  const list = useInfiniteQuery(organizationsQuery);
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  if (list.data === undefined) return <Skeleton height={240} radius="lg" />;
  if (list.data.length === 0) {
    return (
      <Empty icon={Building2} title="No organization yet">
        People work in teams, and teams stand in organizations. Make the first one.
      </Empty>
    );
  }
  return (
    <>
      {list.data.map((organization) => (
        <Organization key={organization.id} organization={organization} />
      ))}
      <MoreButton list={list} />
    </>
  );
}

function Organization({ organization: { name, people, teams } }: { readonly organization: ListedOrganization }) {
  return (
    <Section
      title={name}
      mark={<EntityMark name={name} />}
      lead={
        <Link to="/$entity/settings/members" params={{ entity: name }}>
          {count(people, 'person', 'people')} · {count(teams.length, 'team')}
        </Link>
      }
      actions={<NewTeam organization={name} />}
    >
      <TeamTable organization={name} teams={teams} />
    </Section>
  );
}
