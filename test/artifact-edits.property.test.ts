import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { TriplineError } from '../src/model/error.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { collectionByName } from '../src/store/collections.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import { addAliases } from '../src/tracking/add-aliases.ts';
import { deleteAliases } from '../src/tracking/delete-aliases.ts';
import { deleteArtifact } from '../src/tracking/delete-artifact.ts';
import { deleteCollection } from '../src/tracking/delete-collection.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { unlinkArtifact } from '../src/tracking/unlink-artifact.ts';
import { updateArtifact } from '../src/tracking/update-artifact.ts';
import { type EditScene, type EditStage, openEditStage, type Shown } from './artifact-edits-stage.ts';
import { OLDEST } from './support/databases.ts';

const SEQUENCES = ['seq-0', 'seq-1'];
const PORTFOLIOS = ['links-0', 'links-1'];
const COLLECTIONS = [...SEQUENCES, ...PORTFOLIOS];

/** What a person does to a version, counted from the newest backwards so that `latest` is met often. */
interface Deed {
  readonly kind:
    | 'log'
    | 'add'
    | 'remove'
    | 'replace'
    | 'describe'
    | 'link'
    | 'unlink'
    | 'delete'
    | 'deleteAll'
    | 'deletePortfolio';
  readonly version: number;
  readonly collection: number;
  readonly aliases: readonly string[];
  readonly force: boolean;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('log' as const, 'link' as const, 'add' as const) },
    { weight: 1, arbitrary: fc.constant('describe' as const) },
    { weight: 2, arbitrary: fc.constantFrom('remove' as const, 'replace' as const, 'unlink' as const) },
    { weight: 1, arbitrary: fc.constant('delete' as const) },
    { weight: 1, arbitrary: fc.constantFrom('delete' as const, 'deleteAll' as const, 'deletePortfolio' as const) },
  ),
  version: fc.nat(4),
  collection: fc.nat(3),
  aliases: fc.uniqueArray(fc.constantFrom('a', 'b', 'latest'), { maxLength: 3 }),
  force: fc.boolean(),
});

/** One collection, done the plain way. */
class NaiveCollection {
  next = 0;
  readonly versions = new Map<number, number>();
  readonly holders = new Map<string, number>();

  numberOf(version: number): number | undefined {
    return [...this.versions].find(([, held]) => held === version)?.[0];
  }

  put(version: number, aliases: readonly string[]): void {
    const number = this.numberOf(version) ?? this.next;
    if (number === this.next) this.next += 1;
    this.versions.set(number, version);
    for (const alias of [...aliases, 'latest']) this.holders.set(alias, number);
  }

  aliasesOf(number: number): string[] {
    return [...this.holders].flatMap(([alias, holder]) => (holder === number ? [alias] : [])).sort();
  }

  take(version: number): void {
    const number = this.numberOf(version);
    if (number === undefined) return;
    const lost = this.aliasesOf(number);
    this.versions.delete(number);
    for (const alias of lost) this.holders.delete(alias);
    if (lost.includes('latest') && this.versions.size > 0)
      this.holders.set('latest', Math.max(...this.versions.keys()));
  }

  shown(): Shown {
    const numbers = [...this.versions.keys()].sort((one, other) => one - other);
    return Object.fromEntries(numbers.map((number) => [`v${number}`, this.aliasesOf(number)]));
  }
}

/** What ought to be there: collections by name, the sequence of each living version, and those that were deleted. */
class Naive {
  readonly collections = new Map(SEQUENCES.map((name) => [name, new NaiveCollection()]));
  readonly living = new Map<number, string>();
  readonly ended = new Set<number>();

  /** @returns whether the deed is allowed */
  apply({ kind, version, collection, aliases, force }: Deed, made: number): boolean {
    const name = nameFor(kind, collection);
    const target = this.collections.get(name);
    const number = target?.numberOf(version);
    switch (kind) {
      case 'log':
        if (target === undefined) return false;
        target.put(made, []);
        this.living.set(made, name);
        return true;
      case 'link':
        if (!this.living.has(version)) return false;
        if (target === undefined) this.collections.set(name, new NaiveCollection());
        this.collections.get(name)!.put(version, aliases);
        return true;
      case 'add':
        if (target === undefined || number === undefined) return false;
        for (const alias of aliases) target.holders.set(alias, number);
        return true;
      case 'remove':
        if (target === undefined || number === undefined) return false;
        for (const alias of aliases) if (target.holders.get(alias) === number) target.holders.delete(alias);
        return true;
      case 'replace': {
        const own = this.collections.get(this.living.get(version) ?? '');
        const there = own?.numberOf(version);
        if (own === undefined || there === undefined) return false;
        for (const alias of own.aliasesOf(there)) own.holders.delete(alias);
        for (const alias of aliases) own.holders.set(alias, there);
        return true;
      }
      case 'describe':
        return this.living.has(version);
      case 'unlink':
        target?.take(version);
        return target !== undefined;
      case 'delete':
        if (this.ended.has(version)) return true;
        if (!this.living.has(version) || (!force && this.isNamed(version))) return false;
        this.end(version);
        return true;
      case 'deleteAll':
        if (target === undefined) return false;
        this.endAll(name);
        return true;
      case 'deletePortfolio':
        return this.collections.delete(name);
    }
  }

  isNamed(version: number): boolean {
    return [...this.collections.values()].some((collection) => {
      const number = collection.numberOf(version);
      return number !== undefined && collection.aliasesOf(number).some((alias) => alias !== 'latest');
    });
  }

  end(version: number): void {
    for (const collection of this.collections.values()) collection.take(version);
    this.living.delete(version);
    this.ended.add(version);
  }

  endAll(sequence: string): void {
    this.collections.delete(sequence);
    const ending = [...this.living].filter(([, name]) => name === sequence).map(([version]) => version);
    for (const version of ending) this.end(version);
  }
}

function nameFor(kind: Deed['kind'], collection: number): string {
  if (kind === 'log' || kind === 'deleteAll') return SEQUENCES[collection % 2]!;
  if (kind === 'link' || kind === 'unlink' || kind === 'deletePortfolio') return PORTFOLIOS[collection % 2]!;
  return COLLECTIONS[collection]!;
}

/** The same deeds done to the store. */
class Real {
  readonly keys: ArtifactKey[] = [];
  readonly #scene: EditScene;

  constructor(scene: EditScene) {
    this.#scene = scene;
  }

  projectOf(name: string): ProjectPlace {
    return SEQUENCES.includes(name) ? this.#scene.project : this.#scene.registry;
  }

  async apply({ kind, version, collection, aliases, force }: Deed): Promise<unknown> {
    const { room } = stage;
    const { ann } = this.#scene;
    const collectionName = nameFor(kind, collection);
    const project = this.projectOf(collectionName);
    const named = [{ project, collectionName, aliases }];
    const key = this.keys[version] ?? ({ tenantId: project.tenantId, artifactId: '1' } as ArtifactKey);
    const find = () =>
      collectionByName(stage.ground.database, {
        tenantId: project.tenantId,
        projectId: project.id,
        name: collectionName,
      });
    switch (kind) {
      case 'log':
        return this.#log((await find()) ?? refuse());
      case 'link':
        return linkArtifact(room, ann, key, { project, collectionName, aliases });
      case 'add':
        return addAliases(room, ann, key, named);
      case 'remove':
        return deleteAliases(room, ann, key, named);
      case 'replace':
        return updateArtifact(room, ann, key, { aliases });
      case 'describe':
        return updateArtifact(room, ann, key, { metadata: JSON.stringify({ named: aliases, of: { version } }) });
      case 'unlink':
        return unlinkArtifact(room, ann, key, await find());
      case 'delete':
        return deleteArtifact(room, ann, key, force);
      case 'deleteAll':
        return deleteCollection(room, ann, await find(), 'sequence');
      case 'deletePortfolio':
        return deleteCollection(room, ann, await find(), 'portfolio');
    }
  }

  async #log(sequence: Parameters<EditScene['version']>[0]): Promise<void> {
    this.keys.push(await this.#scene.version(sequence));
  }
}

function refuse(): never {
  throw new TriplineError('not_found', 'no such sequence');
}

let stage: EditStage;

describe('random edits', () => {
  before(async () => {
    stage = await openEditStage(OLDEST);
  });
  after(() => stage.drop());

  test('whatever people do, collections hold what a naive model says, and only what it refuses is refused', async () => {
    const story = fc.array(deed, { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(story, async (deeds) => {
        const scene = await stage.scene();
        for (const name of SEQUENCES) await scene.sequence(name);
        const [naive, real] = [new Naive(), new Real(scene)];
        for (const [turn, picked] of deeds.entries()) {
          const each = { ...picked, version: real.keys.length - 1 - picked.version };
          const allowed = naive.apply(each, real.keys.length);
          const done = await real.apply(each).then(() => true, refusedAsFalse);
          assert.equal(done, allowed, `deed ${turn}`);
          for (const name of COLLECTIONS) {
            const shown = await stage.shown(real.projectOf(name), name);
            assert.deepEqual(shown, naive.collections.get(name)?.shown(), `${name} after deed ${turn}`);
          }
        }
        assert.deepEqual(await stage.strayTerms(), []);
      }),
      { numRuns: 25 },
    );
  });
});

function refusedAsFalse(error: unknown): false {
  if (error instanceof TriplineError) return false;
  throw error;
}
