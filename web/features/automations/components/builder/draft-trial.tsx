import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trial } from '../trial/trial.tsx';
import styles from './builder.module.css';
import type { Draft } from './draft.ts';
import { sketchOf } from './sketch-of.ts';

const PAUSE_MS = 400;

/** What is being written, tried on what happened, once one pauses. */
export function DraftTrial({ draft }: { readonly draft: Draft }) {
  const [settled] = useDebouncedValue(draft, PAUSE_MS);
  const sketch = sketchOf(settled);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Test on an event</legend>
      {sketch === undefined ? (
        <Text size="sm" c="dimmed">
          Once the event and the payload are complete, you see here what would be sent.
        </Text>
      ) : (
        <Trial entity={settled.entity} sketch={sketch} />
      )}
    </fieldset>
  );
}
