import { getRouteApi } from '@tanstack/react-router';
import { AuditExport } from '../../features/audit/components/audit-export.tsx';
import { AuditLog } from '../../features/audit/components/audit-log.tsx';
import { useKnownUsers } from '../../features/users/api/users.ts';
import { ServerFrame } from './server-frame.tsx';

const route = getRouteApi('/inside/settings/server/audit');

/** What was changed in the installation itself. */
export function ServerAuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ServerFrame
      part="Audit log"
      actions={<AuditExport search={search} />}
      lead="What was changed in the installation itself: users, organizations, its master key. Teams have their own."
    >
      <AuditLog
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        actors={useKnownUsers()}
      />
    </ServerFrame>
  );
}
