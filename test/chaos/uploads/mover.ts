import { setTimeout as delay } from 'node:timers/promises';
import { type NodeProcess, spawnTripline } from '../../support/node-process.ts';
import { until } from '../../support/wait.ts';
import type { Random } from '../random.ts';
import type { Gate } from './gate.ts';

const LONGEST_LIFE_MS = 3_000;
const PATIENCE = { within: 180_000 };

/** Processes of `tripline blobs move`, one after the other; most are killed. */
export class Mover {
  /** Those that ended by themselves with an error. */
  readonly faults: string[] = [];
  killed = 0;
  readonly #env: () => Readonly<Record<string, string>>;
  readonly #data: string;
  #running: NodeProcess | undefined;
  #over = false;
  readonly #ended: Promise<void>;

  /** @param env the settings that the server has at that moment */
  constructor(gate: Gate, data: string, env: () => Readonly<Record<string, string>>, random: Random) {
    this.#env = env;
    this.#data = data;
    this.#ended = this.#work(gate, random);
  }

  /** Right before the server is killed: with its database gone, a move ends by itself. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.kill();
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.kill();
    await this.#ended;
  }

  /** Moves all, undisturbed. @returns what it says when it did not succeed */
  async moveAll(): Promise<string | undefined> {
    const moving = this.#spawn();
    const outcome = await until('the move to come to its end', () => moving.outcome, PATIENCE);
    return outcome === '0' ? undefined : moving.log;
  }

  async #work(gate: Gate, random: Random): Promise<void> {
    while (!this.#over) {
      const moving = await gate.pass(async () => {
        this.#running = this.#spawn();
        return this.#running;
      });
      const life = random.whole(0, LONGEST_LIFE_MS) + performance.now();
      await until('a move to end', () => moving.outcome !== undefined || performance.now() > life, PATIENCE);
      const wasOurs = this.#running === moving;
      if (moving.outcome === undefined) this.killed += 1;
      else if (wasOurs && moving.outcome !== '0')
        this.faults.push(`a move ended with ${moving.outcome}: ${moving.log}`);
      if (wasOurs) await this.kill();
      await delay(10);
    }
  }

  #spawn(): NodeProcess {
    return spawnTripline(['blobs', 'move', '--data', this.#data], this.#env());
  }
}
