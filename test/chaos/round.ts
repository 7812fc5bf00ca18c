import { setTimeout as delay } from 'node:timers/promises';
import { openScene, type Scene } from '../support/scene.ts';
import { check, type Verdict } from './check.ts';
import { conditionsOf, wireEventOf } from './conditions.ts';
import { type Kill, SenderLedger } from './ledgers.ts';
import { lastState, type Watched } from './oracle.ts';
import { Random } from './random.ts';
import { readBack } from './read-back.ts';
import { startLedgered } from './receiving.ts';
import { scriptOf } from './script.ts';
import { play } from './sender.ts';
import { settle } from './settle.ts';
import { TARGETS, type Target, type TargetName } from './targets.ts';

export interface RoundOptions {
  readonly seed: number;
  readonly target: TargetName;
  readonly kills: number;
}

/** What came of one round. */
export interface Round extends RoundOptions {
  readonly verdict: Verdict;
  readonly sent: SenderLedger;
  readonly killed: readonly Kill[];
  readonly nodes: number;
  readonly seconds: number;
  /** What the processes printed. */
  readonly log: string;
}

/** Runs that log at the same time. */
const RUNS_AT_ONCE = 12;
/** A life lasts for up to so many acknowledged chunks, however fast the machine is, and not for ever. */
const LONGEST_LIFE = 100;
const LIFE_WITHIN_MS = 5_000;

/**
 * One round: load from several runs, so many kills at random moments, then silence until everything is delivered,
 * then the comparison of the ledgers. What is sent and when is killed follow from the seed; how they interleave does
 * not.
 */
export async function playRound(options: RoundOptions): Promise<Round> {
  const begun = performance.now();
  const random = new Random(options.seed);
  const target = await TARGETS[options.target](random.fork());
  const receiver = await startLedgered(random.fork());
  try {
    const [server] = target.nodes;
    const scene = await openScene(server, receiver);
    const watched = await createAutomations(scene, random.fork());
    const place = { server, key: scene.person.key, entity: scene.team, project: scene.project };
    const sent = new SenderLedger();
    const load = startLoad({ ...place, nodes: target.nodes }, sent, random.fork());
    const killed = await killAgainAndAgain(target, sent, options.kills, random.fork()).finally(load.end);
    await load.ended;
    const silent = sent.runs.map(({ script }) => script).filter((script) => lastState(script) === 'crashed');
    const jumps: Kill[] = [];
    await settle(
      place,
      target.nodes,
      receiver,
      silent.map(({ id }) => id),
      (what) => noted(jumps, what),
    );
    const stored = await readBack(
      place,
      sent.runs.map(({ script }) => script.id),
    );
    const verdict = check({ sent, deliveries: receiver.deliveries, kills: [...killed, ...jumps], stored, watched });
    const seconds = (performance.now() - begun) / 1000;
    const log = target.nodes.map((node) => node.log).join('');
    return { ...options, verdict, sent, killed, nodes: target.nodes.length, seconds, log };
  } finally {
    await target.dispose();
    await receiver.close();
  }
}

async function createAutomations(scene: Scene, random: Random): Promise<Watched[]> {
  const watched: Watched[] = [];
  for (const condition of conditionsOf(random)) {
    const { name } = await scene.automation(wireEventOf(condition));
    watched.push({ name, condition });
  }
  return watched;
}

/** Runs one after the other in each of several hands, until it is ended; those that have begun are then played out. */
function startLoad(place: Parameters<typeof play>[0], sent: SenderLedger, random: Random) {
  let over = false;
  const hand = async (): Promise<void> => {
    while (!over) {
      const own = random.fork();
      await play(place, sent, scriptOf(sent.runs.length, own), own);
    }
  };
  return {
    end: () => {
      over = true;
    },
    ended: Promise.all(Array.from({ length: RUNS_AT_ONCE }, hand)),
  };
}

async function killAgainAndAgain(
  target: Target,
  { requests }: SenderLedger,
  count: number,
  random: Random,
): Promise<Kill[]> {
  const killed: Kill[] = [];
  while (killed.length < count) {
    await lifetime(requests, random);
    await target.strike(random, (what) => noted(killed, what));
  }
  return killed;
}

/** A random life: so many chunks are acknowledged, and then the next one is somewhere on its way. */
async function lifetime(requests: SenderLedger['requests'], random: Random): Promise<void> {
  const until = requests.acknowledged + random.whole(0, LONGEST_LIFE);
  const end = performance.now() + LIFE_WITHIN_MS;
  while (requests.acknowledged < until && performance.now() < end) await delay(5);
  await delay(random.whole(0, 30));
}

function noted(killed: Kill[], what: string): () => void {
  const kill: Kill = { what, at: performance.now(), until: Number.POSITIVE_INFINITY };
  killed.push(kill);
  return () => {
    kill.until = performance.now();
  };
}
