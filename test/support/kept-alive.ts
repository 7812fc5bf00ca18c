import { setInterval } from 'node:timers/promises';
import type { RunSender } from './pushed-run.ts';

/** As often as the client does (wandb protocol, section 3.5). */
const EVERY_MS = 30_000;

/** Sends the heartbeats of a run in progress, as its client would, until it is ended. */
export function keptAlive(run: RunSender): { end(): Promise<void> } {
  const ended = new AbortController();
  const beating = beat(run, ended.signal);
  return {
    end: () => {
      ended.abort();
      return beating;
    },
  };
}

async function beat(run: RunSender, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of setInterval(EVERY_MS, undefined, { signal, ref: false })) await run.heartbeat();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
