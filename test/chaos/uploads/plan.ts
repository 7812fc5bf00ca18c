import { createHash } from 'node:crypto';
import type { Random } from '../random.ts';

/** Holds the versions that are linked. */
export const PORTFOLIO = 'portfolio';
/** Of versions that go away: it may be empty. */
const PASSING = 'passing';

export interface PlannedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Of a file that comes in parts. */
  readonly parts: readonly Buffer[];
}

/** What a client will log. */
export interface Plan {
  readonly collection: string;
  readonly aliases: readonly string[];
  readonly files: readonly PlannedFile[];
  /** The step in which its client is heard of for the last time, if it does not come to its end. */
  readonly lastStep: number | undefined;
  /** What becomes of it once it is committed; one that ends does so after an hour. */
  readonly fate: 'stays' | 'is linked' | 'is deleted' | 'ends';
}

/** A store takes no smaller part, except the last. */
export const SMALLEST_PART = 2_000;
/** Larger than what goes to an object store in one piece. */
const IN_PIECES = 9 * 1024 ** 2;

/** @param number of the plan; no other has such content */
export function planOf(number: number, random: Random): Plan {
  const files = Array.from({ length: random.whole(1, 3) }, (_, at) => fileOf(`${number}-${at}`, random));
  const fate = random.pick(['stays', 'stays', 'stays', 'is linked', 'is deleted', 'ends'] as const);
  const passes = fate === 'is deleted' || fate === 'ends';
  return {
    fate,
    collection: passes ? PASSING : `c${random.whole(0, 2)}`,
    // a name would hold one that is to end
    aliases: !passes && random.chance(0.3) ? ['best'] : [],
    files: random.chance(0.5) ? [...files, shared(random)] : files,
    lastStep: random.chance(0.2) ? random.whole(1, 12) : undefined,
  };
}

function fileOf(name: string, random: Random): PlannedFile {
  if (random.chance(0.5)) return inParts(name, random);
  const size = random.chance(0.03) ? IN_PIECES : random.whole(0, 200_000);
  return { name: `${name}.bin`, bytes: contentOf(name, size), parts: [] };
}

/** What many versions have. */
function shared(random: Random): PlannedFile {
  const name = `shared-${random.whole(0, 1)}`;
  return { name, bytes: contentOf(name, 1_000), parts: [] };
}

function inParts(name: string, random: Random): PlannedFile {
  const size = () => random.whole(SMALLEST_PART, 100_000);
  const usual = size();
  const alike = random.chance(0.75);
  const sizes = [
    ...Array.from({ length: random.whole(0, 4) }, () => (alike ? usual : size())),
    random.whole(1, alike ? usual : 100_000),
  ];
  const parts = sizes.map((bytes, at) => contentOf(`${name} ${at}`, bytes));
  return { name: `${name}.parts`, bytes: Buffer.concat(parts), parts };
}

function contentOf(name: string, size: number): Buffer {
  return Buffer.alloc(size, createHash('sha256').update(name).digest());
}
