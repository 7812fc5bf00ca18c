import type { Logger } from 'pino';
import { collectOrphans, type Reached } from '../tracking/collect-orphans.ts';
import type { FileGround } from '../tracking/file-ground.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 60_000;

/** Removes, again and again, what nothing needs any more. */
export function startCollecting(files: FileGround, life: Life, logger: Logger): void {
  let reached: Reached | undefined;
  const collection = repeat(
    EVERY_MS,
    async () => {
      reached = await collectOrphans(files, reached);
    },
    (error) => logger.error(error, 'what nothing needs any more could not be collected'),
  );
  life.add(() => collection.stop());
}
