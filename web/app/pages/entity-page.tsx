import { Badge, Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { EntityMark } from '../../components/entity-mark.tsx';
import { Page, Section } from '../../components/page.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { MemberList } from '../../features/entities/components/member-list.tsx';
import { ProjectTable } from '../../features/projects/components/project-table.tsx';
import { RegistryTable } from '../../features/registries/components/registry-table.tsx';
import { count } from '../../lib/words.ts';
import { settingsPartsFor } from './settings-parts.ts';

const route = getRouteApi('/inside/$entity');

/** A team, a person's own entity, or an organization: its projects or registries, and who belongs to it. */
export function EntityPage() {
  const { entity: name } = route.useParams();
  const { data: entity } = useSuspenseQuery(entityQuery(name));
  const people = count(entity.members.length, 'member');
  const lead = entity.organization === null ? people : `${people} · part of ${entity.organization}`;
  return (
    <Page
      title={name}
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/automations/history" search={{ entity: name }} {...props} />}
          >
            History
          </Button>
          {settingsPartsFor(entity).length > 0 && (
            <Button
              variant="default"
              leftSection={<Settings size={16} />}
              renderRoot={(props) => <Link to="/$entity/settings" params={{ entity: name }} {...props} />}
            >
              Settings
            </Button>
          )}
        </>
      }
      mark={<EntityMark name={name} />}
      lead={
        <>
          <Badge variant="light" size="sm" mr={8}>
            {entity.kind}
          </Badge>
          {lead}
        </>
      }
    >
      {entity.kind === 'organization' ? <RegistryTable organization={name} /> : <ProjectTable entity={name} />}
      <Section title="Members">
        <MemberList members={entity.members} />
      </Section>
    </Page>
  );
}
