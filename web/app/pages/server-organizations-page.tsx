import { NewOrganization } from '../../features/organizations/components/new-place.tsx';
import { OrganizationList } from '../../features/organizations/components/organization-list.tsx';
import { ServerFrame } from './server-frame.tsx';

/** Every organization with its teams. */
export function ServerOrganizationsPage() {
  return (
    <ServerFrame part="Organizations" lead="They hold teams and registries." actions={<NewOrganization />}>
      <OrganizationList />
    </ServerFrame>
  );
}
