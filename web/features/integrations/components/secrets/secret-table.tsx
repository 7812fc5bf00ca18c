import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { Time } from '../../../../components/time.tsx';
import { type Secret, secretsQuery } from '../../api/secrets.ts';
import styles from '../shared/integration-table.module.css';
import type { OpenSecretDialog } from './secret-dialog.ts';
import { SecretMenu } from './secret-menu.tsx';

interface SecretTableProps {
  readonly entity: string;
  /** Whether the viewer may change secrets. */
  readonly manages: boolean;
  readonly onDialog: OpenSecretDialog;
}

/** The secrets of an entity, by name. */
export function SecretTable({ entity, manages, onDialog }: SecretTableProps) {
  const { data, error, refetch } = useQuery(secretsQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Lock} title="No secrets yet">
      Access tokens and signing keys, which webhooks and payloads use by name. A value is stored sealed, and nobody can
      read it again.
    </Empty>
  );
  const columns = manages ? [...COLUMNS, actionsOf(onDialog)] : COLUMNS;
  return <DataTable label="Secrets" columns={columns} rows={data} keyOf={({ name }) => name} empty={empty} />;
}

const COLUMNS: readonly Column<Secret>[] = [
  { key: 'name', title: 'Name', wide: true, cell: (secret) => <Name secret={secret} /> },
  { key: 'used', title: 'Used by', cell: ({ usedBy }) => <Webhooks names={usedBy} /> },
  { key: 'created', title: 'Created', cell: ({ createdAt, createdBy }) => <When at={createdAt} by={createdBy} /> },
  { key: 'rotated', title: 'Replaced', cell: ({ rotatedAt, rotatedBy }) => <When at={rotatedAt} by={rotatedBy} /> },
  { key: 'last', title: 'Last used', cell: ({ lastUsedAt }) => <When at={lastUsedAt} by={null} /> },
];

function actionsOf(onDialog: OpenSecretDialog): Column<Secret> {
  return {
    key: 'actions',
    title: 'Actions',
    bare: true,
    silent: true,
    cell: ({ name }) => (
      <div className={styles.actions}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Replace the value of ${name}`}
          onClick={() => onDialog({ open: 'replace', name })}
        >
          Replace
        </Button>
        <SecretMenu name={name} onDialog={onDialog} />
      </div>
    ),
  };
}

function Name({ secret: { name, access, overlapUntil } }: { readonly secret: Secret }) {
  return (
    <div>
      <span className={styles.names}>{name}</span>
      {!access.webhooks && (
        <Badge variant="light" color="gray" size="sm" ml={8}>
          closed to webhooks
        </Badge>
      )}
      {access.webhooks && !access.headerTemplates && (
        <Badge variant="light" color="gray" size="sm" ml={8}>
          closed to headers
        </Badge>
      )}
      {overlapUntil !== null && new Date(overlapUntil).getTime() > Date.now() && (
        <div className={styles.reason}>
          The old value signs too until <Time at={overlapUntil} />.
        </div>
      )}
    </div>
  );
}

function Webhooks({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <span className={styles.faint}>nothing</span>;
  return <span className={styles.wrapped}>{names.join(', ')}</span>;
}

function When({ at, by }: { readonly at: string | null; readonly by: string | null }) {
  if (at === null) return <span className={styles.faint}>never</span>;
  return (
    <span>
      <Time at={at} />
      {by !== null && <span className={styles.faint}> by {by}</span>}
    </span>
  );
}
