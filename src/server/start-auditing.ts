import type { Logger } from 'pino';
import { sealEntries } from '../audit/seal-entries.ts';
import { unsealedSince } from '../store/audit-seals.ts';
import type { Ground } from '../store/ground.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 1_000;
const LONGEST_UNSEALED_MS = 10_000;

/**
 * Seals the audit log each second, writes each new head into the operator's log, where no one who can write the
 * database reaches it, and raises the alarm over entries that stay unsealed (data model, section 10).
 */
export function startAuditing(ground: Ground, life: Life, logger: Logger): void {
  const sealing = repeat(
    EVERY_MS,
    async () => {
      for (const { tenantId, number, hash } of await sealEntries(ground)) {
        logger.info({ entity: tenantId, number, hash }, 'head of the audit log');
      }
    },
    (error) => logger.error(error, 'the audit log could not be sealed'),
  );
  life.add(() => sealing.stop());
  const alarm = repeat(
    LONGEST_UNSEALED_MS,
    () => warnOfUnsealed(ground, logger),
    (error) => logger.error(error, 'the audit log could not be looked at'),
  );
  life.add(() => alarm.stop());
}

/** Tells of entries that nobody has sealed for 10 s. */
export async function warnOfUnsealed(ground: Pick<Ground, 'database' | 'clock'>, logger: Logger): Promise<void> {
  const { entries, oldestAt } = await unsealedSince(ground.database, ground.clock.now() - LONGEST_UNSEALED_MS);
  if (oldestAt === null) return;
  const oldest = new Date(oldestAt).toISOString();
  logger.error({ entries, oldest }, 'entries of the audit log have waited to be sealed for more than 10 s');
}
