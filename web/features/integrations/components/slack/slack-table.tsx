import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Hash } from 'lucide-react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { RowLink } from '../../../../components/row-link.tsx';
import { type Integration, integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import type { OpenDialog } from '../shared/dialog.ts';
import { Health } from '../shared/health.tsx';
import { actionsColumn } from '../shared/integration-actions.tsx';
import { LastDelivery } from '../shared/last-delivery.tsx';
import { UsedBy } from '../shared/used-by.tsx';

interface SlackTableProps {
  readonly entity: string;
  /** Whether the viewer may change channels. */
  readonly manages: boolean;
  readonly onDialog: OpenDialog;
}

/** The Slack channels of an entity. */
export function SlackTable({ entity, manages, onDialog }: SlackTableProps) {
  const { data, error, refetch } = useQuery(integrationsQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Hash} title="No Slack channels yet">
      Automations write to a channel what happened, with links to the run or artifact, and a chart of the metric.
    </Empty>
  );
  const columns = manages
    ? [...COLUMNS(entity), actionsColumn(entity, onDialog, (channel) => <OpenInSlack channel={channel} />)]
    : COLUMNS(entity);
  const channels = data?.filter(({ kind }) => kind === 'slack');
  return <DataTable label="Slack channels" columns={columns} rows={channels} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS = (entity: string): readonly Column<Integration>[] => [
  { key: 'name', title: 'Name', wide: true, cell: ({ name }) => <RowLink>{name}</RowLink> },
  { key: 'channel', title: 'Channel', cell: ({ slack }) => slack?.channelName },
  { key: 'workspace', title: 'Workspace', cell: ({ slack }) => slack?.teamName },
  { key: 'used', title: 'Used by', cell: (channel) => <UsedBy entity={entity} integration={channel} /> },
  { key: 'last', title: 'Last message', cell: (channel) => <LastDelivery integration={channel} /> },
  { key: 'health', title: 'Health', bare: true, cell: (channel) => <Health integration={channel} /> },
];

function OpenInSlack({ channel: { slack } }: { readonly channel: Integration }) {
  const address = slack?.configurationUrl;
  if (address == null || !/^https?:/.test(address)) return null;
  return (
    <Menu.Item
      component="a"
      href={address}
      target="_blank"
      rel="noreferrer"
      leftSection={<ExternalLink size={15} aria-hidden />}
    >
      Open in Slack
    </Menu.Item>
  );
}
