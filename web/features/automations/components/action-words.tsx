import { CircleSlash, Hash, Webhook } from 'lucide-react';
import type { Automation } from '../api/list-automations.ts';
import styles from './action-words.module.css';

/** How actions are called. */
export const ACTION_KINDS = {
  GENERIC_WEBHOOK: { icon: Webhook, label: 'Webhook' },
  NOTIFICATION: { icon: Hash, label: 'Slack' },
  NO_OP: { icon: CircleSlash, label: 'Do nothing' },
} as const satisfies Record<Automation['action']['type'], object>;

/** What an automation does, and where to. */
export function ActionWords({ automation: { action, destination } }: { readonly automation: Automation }) {
  const { icon: Icon, label } = ACTION_KINDS[action.type];
  return (
    <span className={styles.action}>
      <Icon size={15} strokeWidth={1.75} className={styles.icon} aria-hidden />
      <span className={styles.words}>
        {label}
        {destination !== null && <span className={styles.destination}> {destination}</span>}
      </span>
    </span>
  );
}
