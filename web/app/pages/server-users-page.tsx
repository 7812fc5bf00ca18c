import { getRouteApi } from '@tanstack/react-router';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { NewUser } from '../../features/users/components/new-user.tsx';
import { UserTable } from '../../features/users/components/user-table.tsx';
import { ServerFrame } from './server-frame.tsx';

const route = getRouteApi('/inside/settings/server/users');

/** Who has a user here. */
export function ServerUsersPage() {
  const { username } = useViewer();
  const { email } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ServerFrame
      part="Users"
      lead="Everybody who can sign in, and the service accounts of teams."
      actions={<NewUser key={email} email={email} onClose={() => void navigate({ search: {}, replace: true })} />}
    >
      <UserTable viewer={username} />
    </ServerFrame>
  );
}
