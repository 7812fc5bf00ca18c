import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../store/ground.ts';
import { beatRunHeads, type RunKey, runKeyText } from '../store/run-heads.ts';
import type { ChunkOutcome } from './append-history.ts';

/** Idle runs beat every 30 seconds: a tenth of a second gathers many of them. */
const GATHER_MS = 100;
const MOST_AT_ONCE = 1000;

type Answer = (outcome: ChunkOutcome | undefined) => void;

/** Heartbeats that change nothing but a clock: those of many runs are saved by one statement. */
export class Heartbeats {
  readonly #ground: Ground;
  #waiting = new Map<string, { readonly key: RunKey; readonly answers: Answer[] }>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** @returns `undefined` when the run is not plainly running, or at work: the heartbeat is then a chunk like others */
  beat({ tenantId, runId }: RunKey): Promise<ChunkOutcome | undefined> {
    return new Promise((resolve) => {
      const id = runKeyText({ tenantId, runId });
      const known = this.#waiting.get(id);
      if (known !== undefined) known.answers.push(resolve);
      else {
        this.#waiting.set(id, { key: { tenantId, runId }, answers: [resolve] });
        if (this.#waiting.size === 1) void this.#saveSoon();
      }
    });
  }

  async #saveSoon(): Promise<void> {
    await sleep(GATHER_MS);
    const gathered = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let at = 0; at < gathered.length; at += MOST_AT_ONCE) await this.#save(gathered.slice(at, at + MOST_AT_ONCE));
  }

  async #save(gathered: readonly { readonly key: RunKey; readonly answers: readonly Answer[] }[]): Promise<void> {
    const { database, clock } = this.#ground;
    const keys = gathered.map(({ key }) => key);
    // a failure is met again, and told, where the heartbeats are stored one by one
    const beats = await beatRunHeads(database, keys, clock.now()).catch(() => []);
    const stops = new Map(beats.map((beat) => [runKeyText(beat), beat.stop]));
    for (const { key, answers } of gathered) {
      const stop = stops.get(runKeyText(key));
      for (const answer of answers) answer(stop === undefined ? undefined : { kind: 'stored', stop });
    }
  }
}
