import { invalid, notFound } from '../model/error.ts';
import type { AlertId } from '../model/ids.ts';
import { cleanText } from '../model/loose-json.ts';
import { countSuppressed, insertAlert, type RunAlert } from '../store/run-alerts.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import type { TrackingRoom } from './room.ts';

const LONGEST_TITLE = 1_000;
const LONGEST_TEXT = 64 * 1024;
const LONGEST_WAIT_MS = 30 * 24 * 3_600_000;

export type AlertText = Pick<RunAlert, 'title' | 'text' | 'severity' | 'waitMs'>;

/**
 * Keeps what a script sent with `run.alert`. A title that repeats within the first one's wait is counted, not kept
 * again (wandb protocol, 8.9).
 *
 * @throws TriplineError not_found, or invalid for a title, text or wait that is too long
 */
export async function recordAlert(room: TrackingRoom, key: RunKey, alert: AlertText): Promise<void> {
  if (alert.title.length > LONGEST_TITLE)
    throw invalid(`the title must be at most ${LONGEST_TITLE} characters`, 'title');
  if (alert.text.length > LONGEST_TEXT) throw invalid(`the text must be at most ${LONGEST_TEXT} characters`, 'text');
  if (!(alert.waitMs >= 0 && alert.waitMs <= LONGEST_WAIT_MS)) {
    throw invalid('the wait must be from 0 to 30 days, in milliseconds', 'waitDuration');
  }
  const now = room.ground.clock.now();
  const title = cleanText(alert.title);
  await room.ground.database.transaction(async (tx) => {
    if ((await lockRunHead(tx, key)) === undefined) throw notFound('run not found: it may have been deleted');
    if (await countSuppressed(tx, key, title, now - alert.waitMs)) return;
    const row = {
      ...key,
      ...alert,
      title,
      text: cleanText(alert.text),
      alertId: room.ground.ids.next<AlertId>(now),
      createdAt: now,
    };
    await insertAlert(tx, row);
  });
}
