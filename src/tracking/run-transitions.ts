import type { Instant } from '../model/clock.ts';
import { hasEnded, type ReportedState, type RunState, reportedState } from '../model/run-state.ts';
import type { RunHead } from '../store/run-heads.ts';

/** A change of a run's state, and what it means to automations. */
export interface Transition {
  readonly to: RunState;
  /** Number of the change within the run: it stops a repeated cause. */
  readonly no: number;
  /** The state that automations are told; `undefined` when they are told nothing. */
  readonly reports: ReportedState | undefined;
}

/** A head after zero or more changes of state. */
export interface Moved {
  readonly head: RunHead;
  readonly transitions: readonly Transition[];
}

const RESUME_MS = 10 * 60_000;
const FLAPPING_MS = 24 * 3_600_000;
/** What the client answers for Ctrl-C and for a stop that was asked for (wandb protocol, 2.7). */
const INTERRUPTED = 255;

/** Heartbeats that are missing for longer mean that the run has crashed. */
export const HEARTBEAT_TIMEOUT_MS = 5 * 60_000;

/**
 * What `wandb.init`, or any later upsert that names the run, does to the state (wandb protocol, 2.2). An ended run is
 * started again. A crashed one may only have been cut off: it is a start when the client asked whether it may
 * resume, or when a process writes that the run has not seen; otherwise it comes back and fires nothing.
 */
export function upserted(head: RunHead, newWriter: boolean, now: Instant): Moved {
  const resumed = head.resumeAskedAt !== null && now - head.resumeAskedAt < RESUME_MS;
  switch (head.state) {
    case 'pending':
    case 'finished':
    case 'failed':
    case 'killed':
    case 'preempted':
      return started(head, now);
    case 'crashed':
    case 'preempting':
      return resumed || newWriter ? started(head, now) : revived(head, now);
    case 'running':
      // a writer that shows itself only after the run came back was a start all along
      return newWriter && head.failedAt !== null ? started(head, now) : { head, transitions: [] };
  }
}

/** `wandb.init` of a new or ended run: RUNNING, whatever was before. */
export function started(head: RunHead, now: Instant): Moved {
  const no = head.transitionNo + 1;
  const fresh = { exitCode: null, stopRequested: false, failedAt: null, resumeAskedAt: null, heartbeatAt: now };
  return {
    head: { ...head, ...fresh, state: 'running', transitionNo: no },
    transitions: [{ to: 'running', no, reports: 'RUNNING' }],
  };
}

/** A crashed or preempted run that says something again: running, and automations are told nothing. */
function revived(head: RunHead, now: Instant): Moved {
  return enter({ ...head, exitCode: null }, 'running', undefined, now);
}

/** What a file_stream request does to the state (wandb protocol, 2.7). */
export function heard(
  head: RunHead,
  chunk: { readonly preempting: boolean; readonly ended: { readonly exitCode: number } | undefined },
  now: Instant,
): Moved {
  const awake = wake({ ...head, heartbeatAt: now }, now);
  if (chunk.ended !== undefined) return then(awake, ended(awake.head, chunk.ended.exitCode, now));
  if (chunk.preempting && !hasEnded(awake.head.state))
    return then(awake, enter(awake.head, 'preempting', undefined, now));
  return awake;
}

/** No heartbeat for {@link HEARTBEAT_TIMEOUT_MS}. */
export function silent(head: RunHead, now: Instant): Moved {
  if (head.state === 'running') return enter(head, 'crashed', reportFailed(head, now), now);
  if (head.state === 'preempting') return enter(head, 'preempted', undefined, now);
  return { head, transitions: [] };
}

/** A change of state that a person asked for; it fires like any other (automations, section 2.7). */
export function edited(head: RunHead, to: 'pending' | 'failed', now: Instant): Moved {
  return enter(head, to, to === 'failed' ? reportFailed(head, now) : undefined, now);
}

/** A run that was ended by its client stays so: a delayed copy of an earlier request must not bring it back. */
function wake(head: RunHead, now: Instant): Moved {
  switch (head.state) {
    case 'pending':
      return enter(head, 'running', 'RUNNING', now);
    case 'crashed':
    case 'preempting':
    case 'preempted':
      return revived(head, now);
    case 'running':
    case 'finished':
    case 'failed':
    case 'killed':
      return { head, transitions: [] };
  }
}

function ended(head: RunHead, exitCode: number, now: Instant): Moved {
  const to = endState(head, exitCode);
  const reports = to === 'failed' ? reportFailed(head, now) : reportedState(to);
  return enter({ ...head, exitCode }, to, reports, now);
}

function endState(head: RunHead, exitCode: number): RunState {
  if (exitCode === 0) return 'finished';
  if (head.state === 'preempting') return 'preempted';
  return exitCode === INTERRUPTED || head.stopRequested ? 'killed' : 'failed';
}

/** FAILED is told once in 24 hours unless the run was started again in between: no alarm for a flapping network. */
function reportFailed(head: RunHead, now: Instant): ReportedState | undefined {
  return head.failedAt !== null && now - head.failedAt < FLAPPING_MS ? undefined : 'FAILED';
}

function enter(head: RunHead, to: RunState, reports: ReportedState | undefined, now: Instant): Moved {
  if (head.state === to) return { head, transitions: [] };
  const no = head.transitionNo + 1;
  const failedAt = reports === 'FAILED' ? now : head.failedAt;
  return { head: { ...head, state: to, transitionNo: no, failedAt }, transitions: [{ to, no, reports }] };
}

function then(first: Moved, second: Moved): Moved {
  return { head: second.head, transitions: [...first.transitions, ...second.transitions] };
}
