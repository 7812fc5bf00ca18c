import type { Logger } from 'pino';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { collectOrphans } from '../tracking/collect-orphans.ts';
import type { FileGround } from '../tracking/receive-run-file.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 60_000;

/** Removes, again and again, what uploads of artifacts left behind that were given up. */
export function startCollecting(files: FileGround, life: Life, logger: Logger): void {
  let reached: ArtifactBlobKey | undefined;
  const collection = repeat(
    EVERY_MS,
    async () => {
      reached = await collectOrphans(files, reached);
    },
    (error) => logger.error(error, 'what abandoned uploads left could not be collected'),
  );
  life.add(() => collection.stop());
}
