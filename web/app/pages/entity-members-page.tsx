import { Button } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { useMay } from '../../features/entities/api/use-may.ts';
import { AutomationSwitch } from '../../features/members/components/automation-switch.tsx';
import { CreateServiceAccount } from '../../features/members/components/create-service-account.tsx';
import { InviteButton } from '../../features/members/components/invite-button.tsx';
import { InviteTable } from '../../features/members/components/invite-table.tsx';
import { memberDeeds } from '../../features/members/components/member-deeds.tsx';
import { MemberList } from '../../features/members/components/member-list.tsx';
import { ServiceAccountTable } from '../../features/members/components/service-account-table.tsx';
import { organizationQuery } from '../../features/organizations/api/organizations.ts';
import { NewTeam } from '../../features/organizations/components/new-place.tsx';
import { TeamTable } from '../../features/organizations/components/team-table.tsx';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/members');

/** Who belongs to a team or an organization, and with which role. */
export function EntityMembersPage() {
  const { entity: name } = route.useParams();
  const { username } = useViewer();
  const { data: entity } = useSuspenseQuery(entityQuery(name));
  const manages = useMay(name, 'manage_members');
  const people = entity.members.filter(({ serviceAccount }) => !serviceAccount);
  const names = entity.members.map((member) => member.username);
  return (
    <EntitySettings
      entity={name}
      part="Members"
      lead={LEADS[entity.kind]}
      actions={manages && <InviteButton entity={name} members={names} />}
    >
      {manages ? (
        <MemberList members={people} deeds={memberDeeds(entity, username)} />
      ) : (
        <MemberList members={entity.members} />
      )}
      {entity.kind === 'organization' && <Teams organization={name} manages={manages} />}
      {manages && <Invitations entity={name} />}
      {manages && entity.kind === 'team' && <TeamParts entity={name} />}
    </EntitySettings>
  );
}

const LEADS = {
  team: 'Who works in the team. Who joins it joins its organization too.',
  organization: 'Who belongs to the organization. Its admins are admins of all its teams.',
  personal: 'This is of one person alone.',
} as const;

function Invitations({ entity }: { readonly entity: string }) {
  const { admin } = useViewer();
  return (
    <Section title="Invitations" lead="Roles that wait for a user with their email.">
      <InviteTable
        entity={entity}
        more={({ email }) =>
          admin && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Make the user of ${email}`}
              renderRoot={(props) => <Link to="/settings/server/users" search={{ email }} {...props} />}
            >
              Make the user
            </Button>
          )
        }
      />
    </Section>
  );
}

function TeamParts({ entity }: { readonly entity: string }) {
  return (
    <>
      <Section
        title="Service accounts"
        lead="Programs that work for the team, each by a key of its own."
        actions={<CreateServiceAccount entity={entity} />}
      >
        <ServiceAccountTable entity={entity} />
      </Section>
      <Section title="What members may do">
        <AutomationSwitch entity={entity} />
      </Section>
    </>
  );
}

function Teams({ organization, manages }: { readonly organization: string; readonly manages: boolean }) {
  const { data, error, refetch } = useQuery(organizationQuery(organization));
  return (
    <Section title="Teams" lead="Those that you may see." actions={manages && <NewTeam organization={organization} />}>
      {error === null ? (
        <TeamTable organization={organization} teams={data?.teams} />
      ) : (
        <ErrorPanel error={error} retry={refetch} />
      )}
    </Section>
  );
}
