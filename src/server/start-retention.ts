import type { Logger } from 'pino';
import { beginRetention, putAwayDue } from '../delivery/put-away.ts';
import type { Ground } from '../store/ground.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';
import type { Settings } from './settings/schema.ts';

/** It is done once a day; this is how soon a node takes it over from one that died. */
const EVERY_MS = 5_000;

/** Puts away executions that are older than the operator wants them kept. */
export async function startRetention(
  ground: Ground,
  { executionDays: days, executionsNewest: newest }: Pick<Settings, 'executionDays' | 'executionsNewest'>,
  life: Life,
  logger: Logger,
): Promise<void> {
  await beginRetention(ground);
  const retention = repeat(
    EVERY_MS,
    async () => {
      const done = await putAwayDue(ground, { days, newest });
      if (done !== undefined && done.dropped.length > 0) {
        logger.info({ partitions: done.dropped, kept: done.kept }, 'old executions were put away');
      }
    },
    (error) => logger.error(error, 'old executions could not be put away'),
  );
  life.add(() => retention.stop());
}
