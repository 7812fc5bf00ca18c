import { Switch } from '@mantine/core';
import { useEnableAutomation } from '../api/enable-automation.ts';
import type { Automation } from '../api/list-automations.ts';

/** The switch of an automation. */
export function Enabled({ automation }: { readonly automation: Automation }) {
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
