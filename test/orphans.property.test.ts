import { before, test } from 'node:test';
import fc from 'fast-check';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { TriplineError } from '../src/model/error.ts';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { collectionByName } from '../src/store/collections.ts';
import { collectOrphans } from '../src/tracking/collect-orphans.ts';
import { deleteArtifact } from '../src/tracking/delete-artifact.ts';
import { deleteCollection } from '../src/tracking/delete-collection.ts';
import { storeContent } from '../src/tracking/keep-content.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { unlinkArtifact } from '../src/tracking/unlink-artifact.ts';
import { artifactUploads, type Contents, digestFor } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { expectKnown, expectTidy, expectWhole, type Stored } from './support/stored-bytes.ts';

const HOUR = 3_600_000;

/** What happens; versions are counted from the newest backwards, and digests are few so that they are shared. */
type Deed =
  | { readonly kind: 'log'; readonly name: string; readonly contents: Contents }
  | { readonly kind: 'break off'; readonly name: string; readonly contents: Contents; readonly steps: number }
  | { readonly kind: 'die between bytes and row' }
  | { readonly kind: 'link' | 'unlink' | 'delete'; readonly version: number }
  | { readonly kind: 'delete collection'; readonly name: string }
  | { readonly kind: 'collect'; readonly hours: number };

const name = fc.constantFrom('one', 'two');
const contents: fc.Arbitrary<Contents> = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 'z'), {
  minKeys: 1,
  noNullPrototype: true,
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('log' as const), name, contents }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('break off' as const), name, contents, steps: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'die between bytes and row' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('link' as const, 'unlink', 'delete', 'delete'), version: fc.nat(4) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete collection' as const), name }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('collect' as const), hours: fc.constantFrom(0, 13, 25) }),
  },
);

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;
let stored: Stored;

before(async () => {
  here = await openInProcess();
  stored = { database: here.ground.database, folder: here.blobs };
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  ann = artifactUploads(here);
  await ensureProject(here.ground, await here.viewer('ann'), 'vision', 'p');
});

async function collect(): Promise<void> {
  let reached = await collectOrphans(here.files, undefined);
  while (reached !== undefined) reached = await collectOrphans(here.files, reached);
}

/** The steps of an upload, of which some happen. @returns its version's id when it has all */
async function upload(name: string, contents: Contents, steps: number): Promise<string> {
  const { id, state } = (await ann.create(name, digestFor(contents))).data.createArtifact.artifact;
  if (state === 'COMMITTED' || steps === 0) return id;
  const places = steps === 1 ? await ann.files(id, contents) : await ann.putFiles(id, contents);
  if (steps > 2) await ann.putManifest(id, contents, places);
  if (steps > 3) await ann.commit(id);
  return id;
}

async function act(deed: Exclude<Deed, { kind: 'log' | 'break off' | 'collect' }>, versions: string[]): Promise<void> {
  const viewer = await here.viewer('ann');
  const project = await ensureProject(here.ground, viewer, 'vision', 'p');
  const { tenantId, id: projectId } = project;
  const collection = (name: string) => collectionByName(here.ground.database, { tenantId, projectId, name });
  switch (deed.kind) {
    case 'die between bytes and row':
      return void (await storeContent(here.files, { tenantId, content: bytes(), limit: 100 }));
    case 'delete collection':
      return void (await deleteCollection(here.tracking, viewer, await collection(deed.name), 'sequence'));
    case 'link':
      return void (await linkArtifact(here.tracking, viewer, keyAt(versions, deed.version), {
        project,
        collectionName: 'links',
        aliases: [],
      }));
    case 'unlink':
      return unlinkArtifact(here.tracking, viewer, keyAt(versions, deed.version), await collection('links'));
    case 'delete':
      return void (await deleteArtifact(here.tracking, viewer, keyAt(versions, deed.version), true));
  }
}

async function* bytes(): AsyncGenerator<Buffer> {
  yield Buffer.from('x');
}

function keyAt(versions: readonly string[], version: number): ArtifactKey {
  const parsed = parseLargeNodeId<ArtifactKey['tenantId'], ArtifactKey['artifactId']>(
    'Artifact',
    versions.at(-1 - version) ?? '',
  );
  return { tenantId: parsed?.tenantId ?? ('0' as never), artifactId: parsed?.id ?? ('0' as never) };
}

test('whatever is logged, linked, deleted and broken off: versions stay whole, and nothing else stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 30 }), async (deeds) => {
      const versions: string[] = [];
      for (const deed of deeds) {
        if (deed.kind === 'log') versions.push(await upload(deed.name, deed.contents, 4));
        else if (deed.kind === 'break off') await upload(deed.name, deed.contents, deed.steps);
        else if (deed.kind === 'collect') {
          here.pass(deed.hours * HOUR);
          await collect();
        } else {
          await act(deed, versions).catch((error: unknown) => {
            // a version that is not there any more, or never was
            if (!(error instanceof TriplineError)) throw error;
          });
        }
        await expectWhole(stored);
        await expectKnown(stored);
      }
      for (let day = 0; day < 2; day += 1) {
        here.pass(25 * HOUR);
        await collect();
      }
      await expectWhole(stored);
      await expectTidy(stored);
    }),
    { numRuns: 8, includeErrorInReport: true },
  );
});
