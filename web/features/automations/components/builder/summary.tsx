import { scopeWords } from '../scope-words.ts';
import styles from './builder.module.css';
import { eventWords, labelOf } from './check-event.ts';
import type { ActionDraft, Draft } from './draft.ts';

const DEEDS = {
  GENERIC_WEBHOOK: 'send a webhook',
  NOTIFICATION: 'tell a Slack channel',
  NO_OP: 'do nothing, and keep it in the history',
} as const satisfies Record<ActionDraft['type'], string>;

/** What is being made, in a sentence that grows with the fields. */
export function Summary({ draft }: { readonly draft: Draft }) {
  return (
    <aside className={styles.summary} aria-label="Summary">
      <div className={styles.term}>When</div>
      <p>{eventWords(draft.event) ?? `${labelOf(draft.event.type)} …`}</p>
      <div className={styles.term}>In</div>
      <p>{scopeWords(draft)}</p>
      <div className={styles.term}>Then</div>
      <p>{DEEDS[draft.action.type]}</p>
    </aside>
  );
}
