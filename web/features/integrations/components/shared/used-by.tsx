import { Button, Popover, Text } from '@mantine/core';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { count } from '../../../../lib/words.ts';
import styles from './integration-table.module.css';
import { Users } from './users.tsx';

interface UsedByProps {
  readonly entity: string;
  readonly integration: Integration;
}

/** How many automations and alert settings deliver to an integration; which, when it is asked. */
export function UsedBy({ entity, integration: { id, name, standing } }: UsedByProps) {
  const { automations, alerts } = standing;
  const words = [
    ...(automations > 0 ? [count(automations, 'automation')] : []),
    ...(alerts > 0 ? [count(alerts, 'alert setting')] : []),
  ].join(', ');
  if (words === '') return <span className={styles.faint}>nothing</span>;
  return (
    <Popover position="bottom-start" shadow="md" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" size="compact-sm" ml={-8} fw={450}>
          {words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`What uses ${name}`}>
        <Text size="sm" fw={570} mb={6}>
          What uses {name}
        </Text>
        <Users entity={entity} id={id} />
      </Popover.Dropdown>
    </Popover>
  );
}
