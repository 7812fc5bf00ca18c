import { invalid, notFound } from '../model/error.ts';
import type { AlertId, IntegrationId } from '../model/ids.ts';
import { cleanText } from '../model/loose-json.ts';
import { captureRun } from '../store/capture-run.ts';
import type { Transaction } from '../store/database.ts';
import { countSuppressed, insertAlert, type RunAlert } from '../store/run-alerts.ts';
import { lockRunHead, type RunHead, type RunKey } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { alertsAbout } from './alerts.ts';
import { aboutRun, Caused } from './caused.ts';
import { meterFirings } from './meter-firings.ts';
import type { TrackingRoom } from './room.ts';
import { saveFirings } from './save-firings.ts';

const LONGEST_TITLE = 1_000;
const LONGEST_TEXT = 64 * 1024;
const LONGEST_WAIT_MS = 30 * 24 * 3_600_000;

export type AlertText = Pick<RunAlert, 'title' | 'text' | 'severity' | 'waitMs'>;

/**
 * Keeps what a script sent with `run.alert`, and sends it on. A title that repeats within the first one's wait is counted, not kept
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
  const destinations = await room.ground.database.transaction(async (tx) => {
    const head = await lockRunHead(tx, key);
    if (head === undefined) throw notFound('run not found: it may have been deleted');
    if (await countSuppressed(tx, key, title, now - alert.waitMs)) return [];
    const kept = { ...alert, title, text: cleanText(alert.text) };
    await insertAlert(tx, { ...key, ...kept, alertId: room.ground.ids.next<AlertId>(now), createdAt: now });
    return send(room, tx, head, kept);
  });
  room.woken(destinations);
}

/** Sends it where its team's and its author's alerts go; @returns the destinations that have new work */
async function send(
  room: TrackingRoom,
  tx: Transaction,
  head: RunHead,
  { title, text, severity }: AlertText,
): Promise<readonly IntegrationId[]> {
  const subject = await findRunSubject(tx, head);
  if (subject === undefined) throw new Error(`run ${head.runId} has a head and no record`);
  const alerts = await alertsAbout(tx, head, subject.username, ['run_alert']);
  const matches = alerts('run_alert');
  if (matches.length === 0) return [];
  const caused = new Caused(room.ground);
  const run = captureRun(room, subject, head);
  caused.add(aboutRun(head), { type: 'RUN_ALERT', run, alert: { title, text, severity } }, matches);
  const { events, executions } = caused;
  await saveFirings(room, tx, await meterFirings(room, tx, { events, executions, moves: [] }));
  return caused.destinations;
}
