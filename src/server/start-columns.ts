import type { PoolConfig } from 'pg';
import type { Logger } from 'pino';
import type { Ground } from '../store/ground.ts';
import { ColumnMaker } from '../tracking/column-maker.ts';
import { UncoveredRuns } from '../tracking/uncovered-runs.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const LOOK_EVERY_MS = 2_000;
/** Part of the time in which the thread that serves requests was busy: below it the node is idle. */
const IDLE_BELOW = 0.2;

/** The maker of columns, and the look-out for runs that lack some while the node is idle (data model, section 9). */
export function startColumns(ground: Ground, connection: PoolConfig, life: Life, logger: Logger): ColumnMaker {
  const maker = new ColumnMaker(ground, connection, (error) => logger.error(error, 'columns could not be made'));
  life.add(() => maker.stop());
  const uncovered = new UncoveredRuns(ground.database);
  const isIdle = idleness();
  const lookOut = repeat(
    LOOK_EVERY_MS,
    async () => {
      if (isIdle()) for (const run of await uncovered.look()) maker.want(run);
    },
    (error) => logger.error(error, 'runs that lack columns could not be looked for'),
  );
  life.add(() => lookOut.stop());
  return maker;
}

/** Whether this thread has mostly waited since it was last asked. */
function idleness(): () => boolean {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization < IDLE_BELOW;
  };
}
