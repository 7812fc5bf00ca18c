import type { Logger } from 'pino';
import { addUpSpace } from '../store/stored-space.ts';
import { collectOrphans, type Reached } from '../tracking/collect-orphans.ts';
import type { FileGround } from '../tracking/file-ground.ts';
import type { Metrics } from '../wire/metrics/metrics.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 60_000;
const ADD_UP_EVERY_MS = 5_000;

/** Removes, again and again, what nothing needs any more. */
export function startCollecting(files: FileGround, life: Life, logger: Logger, metrics: Metrics): void {
  const turns = metrics.addCounter(
    'tripline_collecting_turns_total',
    'Turns of the removal of what nothing needs any more, by outcome: done or failed',
    ['outcome'],
  );
  let reached: Reached | undefined;
  const collection = repeat(
    EVERY_MS,
    async () => {
      reached = await collectOrphans(files, reached);
      turns(1, { outcome: 'done' });
    },
    (error) => {
      turns(1, { outcome: 'failed' });
      logger.error(error, 'what nothing needs any more could not be collected');
    },
  );
  life.add(() => collection.stop());
  const adding = repeat(
    ADD_UP_EVERY_MS,
    () => addUpSpace(files.database),
    (error) => logger.error(error, 'what entities store could not be added up'),
  );
  life.add(() => adding.stop());
}
