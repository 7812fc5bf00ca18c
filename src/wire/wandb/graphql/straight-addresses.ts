import { findBlobs } from '../../../store/uploaded-bytes.ts';
import { type NamedFile, storagePath } from '../files/artifact-urls.ts';
import { Batch } from './batch.ts';
import type { GraphqlContext } from './context.ts';

/** Files that are asked for at once: to sign that many addresses takes some 40 ms, in which nobody else is served. */
const AT_ONCE = 500;

/**
 * Where a client gets a file from the store itself; those of a page are looked up together.
 *
 * @returns `undefined` when the bytes go through Tripline
 */
export async function straightAddress(context: GraphqlContext, file: NamedFile): Promise<string | undefined> {
  if (!context.artifactUrls.straight) return undefined;
  const addresses = await context.once('straight addresses', async () => straightAddresses(context));
  return addresses.load(file);
}

function straightAddresses({ ground: { database }, artifactUrls }: GraphqlContext): Batch<NamedFile, string> {
  return new Batch(nameOf, async (files) => {
    const found = new Map<string, string>();
    for (let first = 0; first < files.length; first += AT_ONCE) {
      const slice = files.slice(first, first + AT_ONCE);
      const bytes = await findBlobs(database, slice);
      await Promise.all(
        slice.map(async (file, at) => {
          const blob = bytes[at]?.blob ?? undefined;
          const address = blob && (await artifactUrls.downloadStraight(file, blob));
          if (address !== undefined) found.set(nameOf(file), address);
        }),
      );
    }
    return found;
  });
}

function nameOf(file: NamedFile): string {
  return `${storagePath(file)}/${file.name}`;
}
