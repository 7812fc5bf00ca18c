import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AuditExport } from '../../features/audit/components/audit-export.tsx';
import { AuditLog } from '../../features/audit/components/audit-log.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { organizationQuery } from '../../features/organizations/api/organizations.ts';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/audit');

/** What was changed in an entity; in an organization, in its teams too. */
export function EntityAuditPage() {
  const { entity: name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: entity } = useSuspenseQuery(entityQuery(name));
  const root = useQuery({ ...organizationQuery(name), enabled: entity.kind === 'organization' });
  const places = new Map(
    entity.kind === 'organization' ? [entity, ...(root.data?.teams ?? [])].map((each) => [each.id, each.name]) : [],
  );
  return (
    <EntitySettings
      entity={name}
      part="Audit log"
      actions={<AuditExport entity={name} search={search} />}
      lead={
        entity.kind === 'organization'
          ? 'Every change of a setting or definition here and in the teams: who, what, before and after.'
          : 'Every change of a setting or definition: who, what, before and after.'
      }
    >
      <AuditLog
        entity={name}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        actors={entity.members.map(({ username }) => username)}
        places={places}
      />
    </EntitySettings>
  );
}
