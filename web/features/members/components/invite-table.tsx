import { Button, CopyButton, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link2, MailPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Status } from '../../../components/status.tsx';
import { Time } from '../../../components/time.tsx';
import { type Invite, invitesQuery, useWithdrawInvite } from '../api/invites.ts';

interface InviteTableProps {
  readonly entity: string;
  /** What more can be done about one, for who may. */
  readonly more?: (invite: Invite) => ReactNode;
}

/** The invitations of an entity that wait. */
export function InviteTable({ entity, more }: InviteTableProps) {
  const { data, error, refetch } = useQuery(invitesQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={MailPlus} title="No invitation waits">
      Who has a user here is a member as soon as they are invited. Others are, once a user is made with their email.
    </Empty>
  );
  const columns: readonly Column<Invite>[] = [
    ...COLUMNS,
    {
      key: 'deeds',
      title: 'Deeds',
      bare: true,
      silent: true,
      cell: (invite) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          {more?.(invite)}
          <CopyLink entity={entity} email={invite.email} />
          <Withdraw entity={entity} invite={invite} />
        </Group>
      ),
    },
  ];
  return <DataTable label="Invitations" columns={columns} rows={data} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS: readonly Column<Invite>[] = [
  { key: 'email', title: 'Email', wide: true, cell: ({ email }) => email },
  { key: 'role', title: 'Role', cell: ({ role }) => role },
  { key: 'state', title: 'State', bare: true, cell: () => <Status tone="warn">waits for its user</Status> },
  { key: 'since', title: 'Invited', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

/** Where whoever is invited finds the entity, to be sent to them: nothing is mailed. */
function CopyLink({ entity, email }: { readonly entity: string; readonly email: string }) {
  return (
    <CopyButton value={`${location.origin}/${entity}`} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Link2 size={14} aria-hidden />}
          aria-label={copied ? 'Copied' : `Copy link for ${email}`}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy link'}
        </Button>
      )}
    </CopyButton>
  );
}

function Withdraw({ entity, invite: { id, email } }: { readonly entity: string; readonly invite: Invite }) {
  const withdrawal = useWithdrawInvite(entity);
  return (
    <ConfirmButton
      label="Withdraw"
      about={`the invitation of ${email}`}
      title={`Withdraw the invitation of ${email}?`}
      confirm="Withdraw"
      keep="Keep it"
      pending={withdrawal.isPending}
      onConfirm={(close) => withdrawal.mutate(id, { onSuccess: close })}
    >
      A user with this email will be no member of {entity}.
    </ConfirmButton>
  );
}
