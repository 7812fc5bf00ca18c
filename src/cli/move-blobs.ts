import type { PlaceName } from '../blobs/blob-places.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { conflict, invalid, TriplineError } from '../model/error.ts';
import { currentPlace, openPlaces, tellBlobs } from '../server/open-blobs.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import type { Settings } from '../server/settings/schema.ts';
import type { Database } from '../store/database.ts';
import { countContent, movingAlone } from '../store/named-content.ts';
import { type Moved, moveContent } from '../tracking/move-content.ts';
import { joinDatabase } from './join-database.ts';

const TOLD_EVERY_MS = 5_000;

/** `tripline blobs move`: from the other place of files to the one that counts for new ones, while nodes run. */
export async function moveBlobs(flags: Flags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  const { from, to } = await bothPlaces(settings);
  console.log(`Files go to ${tellBlobs(settings).place}.`);
  const moved = await joinDatabase(settings, (database) =>
    movingAlone(database, (expectAlone) => moveAll(database, from, to, expectAlone)),
  );
  if (moved === undefined) throw conflict('Another process is moving files: let it come to its end.');
  console.log(`Moved: ${sayMoved(moved)}.`);
  if (moved.faultCount === 0) return;
  throw new TriplineError(
    'unavailable',
    [
      `${moved.faultCount} files were left where they are:`,
      ...moved.faults,
      'Run this again when that is mended.',
    ].join('\n'),
  );
}

async function bothPlaces(settings: Settings): Promise<{ from: BlobStore; to: BlobStore }> {
  if (settings.s3Bucket === undefined) {
    throw invalid('Name the bucket with --s3-bucket, whether files go to it or come from it.');
  }
  const places = await openPlaces(settings);
  const target = currentPlace(settings);
  const source: PlaceName = target === 's3' ? 'folder' : 's3';
  const [from, to] = [places.get(source), places.get(target)];
  if (from === undefined || to === undefined) throw invalid('Both places of files must be known.');
  return { from, to };
}

/** Passes over all that there is, until one finds nothing left to move: nodes of older settings may still add some. */
async function moveAll(
  database: Database,
  from: BlobStore,
  to: BlobStore,
  expectAlone: () => Promise<void>,
): Promise<Moved> {
  const { files } = await countContent(database);
  let toldAt = Date.now();
  const onProgress = async (moved: Moved) => {
    await expectAlone();
    if (Date.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = Date.now();
    console.log(`  looked at ${moved.seen} of ${files} files; moved ${sayMoved(moved)}`);
  };
  const pass = () => moveContent({ database, from, to, onProgress });
  let all = await pass();
  for (let last = all; last.files > 0 && last.faultCount === 0; ) {
    last = await pass();
    all = { ...last, files: all.files + last.files, bytes: all.bytes + last.bytes };
  }
  return all;
}

function sayMoved({ files, bytes }: Moved): string {
  return `${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
}

/** Told in the command's help: what an operator does, in order. */
export const MOVE_STEPS = `
While nodes run, from the folder to a bucket:
  1. where there are several nodes, start each anew with the settings of the bucket and --blobs folder
  2. start every node anew with --blobs s3: new files go to the bucket, and the others are found in the folder
  3. run this command with the same settings; ended at any moment, it goes on when it is run again
And back: 2. with --blobs folder and the settings of the bucket, then this command, then without these settings.
`;
