import type { RunPlan } from '../engine/run-plan.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { ReportedState } from '../model/run-state.ts';
import type { Transaction } from '../store/database.ts';
import { removeDeadlinesOf, setDeadline } from '../store/deadlines.ts';
import type { RunHead, RunKey } from '../store/run-heads.ts';
import type { Transition } from './run-transitions.ts';

/** Who waits for a run to stay in its new state; whoever waited for the state before waits no more. */
export interface Settling extends RunKey {
  readonly waiting: readonly { readonly automationId: AutomationId; readonly dueAt: Instant }[];
}

/**
 * The state that waits to be told; `undefined` when nobody is told of it. A run that flaps is reported as failed once
 * (automations, section 2.7), but that one report may have been of a state that did not hold: so each waits.
 */
export function settlingState({ to, reports }: Transition): ReportedState | undefined {
  return to === 'failed' || to === 'crashed' ? 'FAILED' : reports;
}

/** What changes of state mean to automations that ask for a time; only the last of them can hold. */
export function settlingAfter(
  { tenantId, runId }: RunHead,
  transitions: readonly Transition[],
  plan: RunPlan | undefined,
  now: Instant,
): Settling | undefined {
  const last = transitions.at(-1);
  if (last === undefined) return undefined;
  const state = settlingState(last);
  const watchers = state === undefined ? [] : (plan?.entering(state) ?? []);
  const waiting = watchers
    .filter(({ settleSeconds }) => settleSeconds > 0)
    .map(({ id, settleSeconds }) => ({ automationId: id, dueAt: now + settleSeconds * 1000 }));
  return { tenantId, runId, waiting };
}

/** Saves it, under the run's lock and after those of meters (data model, section 6). */
export async function keepSettling(tx: Transaction, settling: Settling | undefined): Promise<void> {
  if (settling === undefined) return;
  const { tenantId, runId, waiting } = settling;
  const key = { tenantId, kind: 'settle', subjectId: runId } as const;
  await Promise.all([
    removeDeadlinesOf(tx, key),
    ...waiting.map(({ automationId, dueAt }) => setDeadline(tx, { ...key, automationId }, dueAt)),
  ]);
}
