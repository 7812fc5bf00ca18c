import { ConfirmButton } from '../../../components/confirm-button.tsx';
import type { Column } from '../../../components/data-table.tsx';
import type { EntityDetails, Member } from '../../../lib/api/generated.ts';
import { useRemoveMember } from '../api/members.ts';
import { RoleSelect } from './role-select.tsx';
import { ROLES } from './roles.ts';

/** What an admin can do with the people of an entity. @param viewer who looks */
export function memberDeeds({ name, kind, members }: EntityDetails, viewer: string): readonly Column<Member>[] {
  const admins = members.filter(({ role, serviceAccount }) => role === 'admin' && !serviceAccount);
  // an entity keeps a person as its admin
  const isLast = ({ username }: Member) => admins.length === 1 && admins[0]?.username === username;
  return [
    {
      key: 'role',
      title: 'Role',
      cell: (member) =>
        isLast(member) ? (
          'admin, the only one'
        ) : (
          <RoleSelect
            entity={name}
            username={member.username}
            role={member.role}
            roles={ROLES}
            own={member.username === viewer}
          />
        ),
    },
    {
      key: 'remove',
      title: 'Remove',
      bare: true,
      silent: true,
      cell: (member) => !isLast(member) && <RemoveButton entity={name} kind={kind} username={member.username} />,
    },
  ];
}

interface RemoveButtonProps {
  readonly entity: string;
  readonly kind: EntityDetails['kind'];
  readonly username: string;
}

function RemoveButton({ entity, kind, username }: RemoveButtonProps) {
  const removal = useRemoveMember(entity);
  return (
    <ConfirmButton
      label="Remove"
      about={username}
      title={`Remove ${username} from ${entity}?`}
      confirm="Remove"
      pending={removal.isPending}
      onConfirm={(close) => removal.mutate(username, { onSuccess: close })}
    >
      {kind === 'organization'
        ? 'They leave its teams and registries too. What they made stays.'
        : 'They see nothing of the team any more. What they made stays, and their automations go on.'}
    </ConfirmButton>
  );
}
