import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { count } from '../../../../lib/words.ts';
import { integrationQuery } from '../../api/integration-details.ts';
import styles from './users.module.css';

const ALERTS = {
  runAlert: 'Alerts of scripts',
  runFinished: 'Runs that finish',
  runCrashed: 'Runs that crash',
  deliveryTrouble: 'Trouble with deliveries',
} as const;

/** The automations and alert settings that deliver to an integration. */
export function Users({ entity, id }: { readonly entity: string; readonly id: string }) {
  const { data, error } = useQuery(integrationQuery(entity, id));
  if (error !== null) return <Text size="sm">{messageOf(error)}</Text>;
  if (data === undefined) return <Loader size="sm" aria-label="Loading" />;
  const { usedBy, alerts, usedByHidden } = data;
  return (
    <ul className={styles.list}>
      {usedBy.map((automation) => (
        <li key={automation.id} className={styles.user}>
          <Link to="/automations/$id" params={{ id: automation.id }}>
            {automation.name}
          </Link>
          <span className={styles.where}>{whereWords(automation, entity)}</span>
        </li>
      ))}
      {alerts.map(({ entity: of, setting }) => (
        <li key={`${of} ${setting}`} className={styles.user}>
          {ALERTS[setting]}
          <span className={styles.where}>alerts of {of}</span>
        </li>
      ))}
      {usedByHidden > 0 && <li className={styles.user}>{count(usedByHidden, 'other')} that you may not see</li>}
    </ul>
  );
}

function whereWords({ enabled, entity }: { readonly enabled: boolean; readonly entity: string }, own: string): string {
  return [...(entity === own ? [] : [entity]), ...(enabled ? [] : ['off'])].join(', ');
}
