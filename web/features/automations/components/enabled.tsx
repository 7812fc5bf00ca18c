import { Switch } from '@mantine/core';
import { Status } from '../../../components/status.tsx';
import { useEnableAutomation } from '../api/enable-automation.ts';
import type { Automation } from '../api/list-automations.ts';

/** The switch of an automation; how it stands, for those who may not switch it. */
export function Enabled({ automation }: { readonly automation: Automation }) {
  if (automation.mayManage) return <EnabledSwitch automation={automation} />;
  return <Status tone={automation.enabled ? 'good' : 'idle'}>{automation.enabled ? 'on' : 'off'}</Status>;
}

function EnabledSwitch({ automation }: { readonly automation: Automation }) {
  const enabling = useEnableAutomation(automation);
  return (
    <Switch
      size="sm"
      aria-label={`${automation.name} is enabled`}
      checked={automation.enabled}
      disabled={enabling.isPending}
      onChange={(event) => enabling.mutate(event.currentTarget.checked)}
    />
  );
}
