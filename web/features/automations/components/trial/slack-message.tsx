import * as z from 'zod/mini';
import { JsonBlock } from '../../../../components/json-block.tsx';
import { Mrkdwn } from './mrkdwn.tsx';
import styles from './trial.module.css';

const text = z.object({ text: z.string() });
const message = z.object({
  blocks: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('section'), text }),
      z.object({ type: z.literal('context'), elements: z.array(text) }),
    ]),
  ),
});

/** A message about as Slack shows it. */
export function SlackMessage({ label, payload }: { readonly label: string; readonly payload: string }) {
  const read = message.safeParse(JSON.parse(payload)).data;
  if (read === undefined) return <JsonBlock label={label} value={payload} />;
  return (
    <figure className={styles.slack}>
      <figcaption className={styles.caption}>{label}</figcaption>
      <div className={styles.message}>
        {read.blocks.map((block, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a block is nothing but its place in the message
            key={index}
            className={block.type === 'context' ? styles.context : styles.section}
          >
            <Mrkdwn
              text={block.type === 'section' ? block.text.text : block.elements.map((each) => each.text).join(' ')}
            />
          </div>
        ))}
      </div>
    </figure>
  );
}
