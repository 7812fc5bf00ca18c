import { Skeleton, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Panel } from '../../../components/panel.tsx';
import { teamSettingsQuery, useChangeTeamSettings } from '../api/team-settings.ts';

/** Whether members manage the automations of a team's projects. */
export function AutomationSwitch({ entity }: { readonly entity: string }) {
  const { data, error, refetch } = useQuery(teamSettingsQuery(entity));
  const change = useChangeTeamSettings(entity);
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  if (data === undefined) return <Skeleton height={84} radius="lg" />;
  const on = change.isPending ? change.variables.membersManageAutomations : data.membersManageAutomations;
  return (
    <Panel>
      <Switch
        label="Members manage automations"
        description="They create, change and delete all automations of the team's projects, and retry their executions. Without it they change their own alone."
        checked={on}
        onChange={(event) => change.mutate({ membersManageAutomations: event.currentTarget.checked })}
      />
    </Panel>
  );
}
