import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findRunningPostgres } from '../../../src/server/embedded/running.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { graphqlWith } from '../../support/graphql.ts';
import { startReceiver } from '../../support/receiver.ts';
import { openScene } from '../../support/scene.ts';
import { type Server, startServer } from '../../support/server.ts';
import { HOUR } from '../../support/test-clock.ts';
import { Random } from '../random.ts';
import { faultsAfterKill, faultsAtTheEnd } from './check.ts';
import { UploadClient, type UploadPlace } from './client.ts';
import { logComposed } from './composed.ts';
import { Gate } from './gate.ts';
import { STEPS, UploadLedger } from './ledger.ts';
import { Mover } from './mover.ts';
import { planOf } from './plan.ts';
import { type FileStore, STORES, type StoreName } from './stores.ts';

export interface UploadRoundOptions {
  readonly seed: number;
  readonly target: StoreName;
  readonly kills: number;
  /** Chosen by the seed unless it is said. */
  readonly database?: 'embedded' | 'server';
}

/** What came of one round. */
export interface UploadRound extends UploadRoundOptions {
  readonly database: 'embedded' | 'server';
  readonly ledger: UploadLedger;
  readonly faults: readonly string[];
  readonly moves: number;
  readonly seconds: number;
  /** What the server printed. */
  readonly log: string;
}

const CLIENTS = 5;
const MOST_STEPS = 60;
const LIFE_WITHIN_MS = 5_000;
/** While versions end whose time is over, and bytes are removed. */
const KILLS_AT_THE_END = 2;
/** Of versions that were acknowledged before. */
const SAMPLE = 4;

/**
 * One round: clients log versions, whole and in parts; the server is killed so many times, within a step of chance;
 * after each start what was acknowledged is looked for. In the end all have come to their end, a day has passed, and
 * there is what versions need and nothing else.
 */
export async function playUploads(options: UploadRoundOptions): Promise<UploadRound> {
  const begun = performance.now();
  const random = new Random(options.seed);
  const database = options.database ?? random.pick(['embedded', 'server'] as const);
  const round = await Playing.open(await STORES[options.target](), database, random);
  try {
    for (let kill = 0; kill < options.kills && round.ledger.faults.length === 0; kill += 1) await round.liveAndDie();
    await round.end();
  } finally {
    await round.dispose();
  }
  const { ledger, moves, log } = round;
  const seconds = (performance.now() - begun) / 1000;
  return { ...options, database, ledger, faults: ledger.faults, moves, seconds, log };
}

class Playing {
  readonly ledger = new UploadLedger();
  readonly #gate = new Gate();
  readonly #store: FileStore;
  readonly #fresh: FreshDatabase | undefined;
  readonly #server: Server;
  readonly #place: UploadPlace;
  readonly #random: Random;
  readonly #clients: Promise<void>[];
  readonly #mover: Mover | undefined;
  #env: Readonly<Record<string, string>>;
  #over = false;

  static async open(store: FileStore, name: 'embedded' | 'server', random: Random): Promise<Playing> {
    const fresh = name === 'server' ? await freshDatabase(name) : undefined;
    const server = await startServer({ ...(fresh === undefined ? {} : { database: fresh }), env: store.env });
    const receiver = await startReceiver();
    const scene = await openScene(server, receiver);
    await receiver.close();
    const place = { server, key: scene.person.key, entity: scene.team, project: scene.project, direct: store.direct };
    return new Playing(store, fresh, place, random);
  }

  constructor(store: FileStore, fresh: FreshDatabase | undefined, place: UploadPlace, random: Random) {
    this.#store = store;
    this.#fresh = fresh;
    this.#server = place.server;
    this.#place = place;
    this.#random = random;
    this.#env = store.env;
    this.#clients = Array.from({ length: CLIENTS }, () => this.#logAgainAndAgain(random.fork()));
    if (store.moving) this.#mover = new Mover(this.#gate, place.server.data, () => this.#moveEnv(), random.fork());
  }

  get moves(): number {
    return this.#mover?.killed ?? 0;
  }

  get log(): string {
    return this.#server.log;
  }

  /** Lets the server live for a while, kills it, starts it again, and looks at what is there. */
  async liveAndDie(): Promise<void> {
    const before = new Set(this.ledger.committed);
    await this.#lifetime();
    await this.#die();
    while (this.#random.chance(0.15)) await this.#dieWhileStarting();
    await this.#start();
    const { committed } = this.ledger;
    const fresh = committed.filter((entry) => !before.has(entry));
    const old = committed.filter((entry) => before.has(entry));
    const sample = old.length === 0 ? [] : Array.from({ length: SAMPLE }, () => this.#random.pick(old));
    await this.#look((stored) =>
      faultsAfterKill(stored, this.#graphql(), this.#place, this.ledger, [...fresh.slice(-SAMPLE), ...sample]),
    );
    this.#gate.open();
  }

  /** Lets clients come to their ends, and a day pass. */
  async end(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#clients);
    await this.#mover?.end();
    this.ledger.faults.push(...(this.#mover?.faults ?? []));
    await this.#server.stop();
    this.#server.clock.move(25 * HOUR);
    for (let kill = 0; kill < KILLS_AT_THE_END; kill += 1) await this.#dieWhileStarting();
    await this.#start();
    const left = await this.#mover?.moveAll();
    if (left !== undefined) this.ledger.faults.push(`the last move: ${left}`);
    await this.#look((stored) => faultsAtTheEnd(stored, this.#graphql(), this.#place, this.ledger));
  }

  async dispose(): Promise<void> {
    this.#over = true;
    this.#gate.open();
    await this.#mover?.end();
    await this.#server.dispose();
  }

  async #logAgainAndAgain(random: Random): Promise<void> {
    while (!this.#over) {
      const plan = planOf(this.ledger.versions.length, random);
      if (random.chance(0.15)) {
        const place = { graphql: this.#graphql(), scene: { team: this.#place.entity, project: this.#place.project } };
        await logComposed(place, this.#gate, this.ledger, plan.collection, random);
      } else await new UploadClient(this.#place, this.#gate, this.ledger, plan, random).log();
    }
  }

  /** Up to so many steps, and then a moment within the next one, at times of a kind that is short. */
  async #lifetime(): Promise<void> {
    const end = performance.now() + LIFE_WITHIN_MS;
    const wait = async (isOver: () => boolean) => {
      while (!isOver() && performance.now() < end) await delay(1);
    };
    const steps = this.ledger.acknowledged + this.#random.whole(1, MOST_STEPS);
    await wait(() => this.ledger.acknowledged >= steps);
    const step = this.#random.pick(STEPS);
    const count = this.ledger.count(step);
    await wait(() => this.ledger.count(step) > count);
    await delay(this.#random.whole(0, 25));
  }

  async #die(): Promise<void> {
    await this.#mover?.kill();
    this.#gate.close();
    await this.#server.kill();
    await this.#gate.quiet();
  }

  async #dieWhileStarting(): Promise<void> {
    const starting = this.#server.start(this.#env).catch(() => {});
    await delay(this.#random.whole(50, 1_500));
    await this.#server.kill();
    await starting;
  }

  async #start(): Promise<void> {
    if (this.#store.moving) {
      this.#env = { ...this.#store.env, TRIPLINE_BLOBS: this.#random.pick(['folder', 's3']) };
    }
    await this.#server.start(this.#env);
  }

  #moveEnv(): Readonly<Record<string, string>> {
    return { ...this.#env, ...(this.#fresh === undefined ? {} : { DATABASE_URL: this.#fresh.url }) };
  }

  #graphql() {
    return graphqlWith(this.#server, this.#place.key);
  }

  async #look(at: (stored: { database: Database; folder: string; bucket: FileStore['bucket'] }) => Promise<string[]>) {
    const database = await this.#connect();
    const folder = join(this.#server.data, 'blobs');
    try {
      this.ledger.faults.push(...(await at({ database, folder, bucket: this.#store.bucket })));
    } finally {
      await database.close();
    }
  }

  async #connect(): Promise<Database> {
    const connection =
      this.#fresh === undefined
        ? { ...(await findRunningPostgres(this.#server.data)) }
        : { connectionString: this.#fresh.url };
    return openDatabase({ connection, onConnectionError: () => {} });
  }
}
