import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Column } from '../../../../components/data-table.tsx';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import type { OpenDialog } from './dialog.ts';
import { EnableButton } from './enable-button.tsx';
import { IntegrationMenu } from './integration-menu.tsx';
import styles from './integration-table.module.css';

/**
 * What can be done with the integration of a row.
 *
 * @param more what only its kind has, for its menu
 */
export function actionsColumn(
  entity: string,
  onDialog: OpenDialog,
  more: (integration: Integration) => ReactNode = () => null,
): Column<Integration> {
  return {
    key: 'actions',
    title: 'Actions',
    bare: true,
    silent: true,
    cell: (integration) => (
      <div className={styles.actions}>
        <EnableButton entity={entity} integration={integration} />
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Test ${integration.name}`}
          onClick={() => onDialog({ open: 'test', id: integration.id })}
        >
          Test
        </Button>
        <IntegrationMenu {...{ entity, integration, onDialog }}>{more(integration)}</IntegrationMenu>
      </div>
    ),
  };
}
