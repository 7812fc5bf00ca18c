import { join } from 'node:path';
import { BlobPlaces, type PlaceName } from '../blobs/blob-places.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { openFolderBlobs } from '../blobs/folder-blobs.ts';
import { describeS3, type S3Place } from '../blobs/s3-place.ts';
import { invalid } from '../model/error.ts';
import type { Settings } from './settings/schema.ts';

/** The settings that say where files are kept. */
export type BlobSettings = Pick<
  Settings,
  | 'data'
  | 'blobs'
  | 's3Bucket'
  | 's3Endpoint'
  | 's3Region'
  | 's3Prefix'
  | 's3PathStyle'
  | 's3DirectUrl'
  | 's3AccessKeyId'
  | 's3SecretAccessKey'
>;

/** The folder in which files are kept without a bucket, and those that were not moved yet with one. */
export function blobFolder({ data }: Pick<Settings, 'data'>): string {
  return join(data, 'blobs');
}

/** Which of the places is for new files. */
export function currentPlace({ blobs, s3Bucket }: Pick<Settings, 'blobs' | 's3Bucket'>): PlaceName {
  return blobs ?? (s3Bucket === undefined ? 'folder' : 's3');
}

/** Where new files are kept, for people. */
export function tellBlobs(settings: BlobSettings): { readonly kind: PlaceName; readonly place: string } {
  const bucket = bucketOf(settings);
  if (currentPlace(settings) === 'folder' || bucket === undefined)
    return { kind: 'folder', place: blobFolder(settings) };
  return { kind: 's3', place: describeS3(bucket) };
}

/**
 * Opens the places of files by their names; the bucket only when there is one.
 *
 * @throws TriplineError invalid, for the operator, when the bucket cannot be used or is only half named
 */
export async function openPlaces(settings: BlobSettings): Promise<ReadonlyMap<PlaceName, BlobStore>> {
  const bucket = bucketOf(settings);
  const places = new Map<PlaceName, BlobStore>([['folder', await openFolderBlobs(blobFolder(settings))]]);
  if (bucket !== undefined) {
    // as large as the SDK is, it is loaded only where it is used
    const { openS3Blobs } = await import('../blobs/s3-blobs.ts');
    places.set('s3', await openS3Blobs(bucket));
  }
  return places;
}

/** Opens the place where new files are kept; what lies in the other is found too. @throws as {@link openPlaces} */
export async function openBlobs(settings: BlobSettings): Promise<BlobStore> {
  const found = [...(await openPlaces(settings))].map(([name, blobs]) => ({ name, blobs }));
  const current = found.find(({ name }) => name === currentPlace(settings));
  if (current === undefined) throw invalid('--blobs s3 needs a bucket: name it with --s3-bucket.');
  return new BlobPlaces(
    current,
    found.find((place) => place !== current),
  );
}

function bucketOf(settings: BlobSettings): S3Place | undefined {
  const { s3Bucket: bucket, s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = settings;
  if (bucket === undefined) return undefined;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw invalid('TRIPLINE_S3_ACCESS_KEY_ID and TRIPLINE_S3_SECRET_ACCESS_KEY are given both or neither.');
  }
  return {
    bucket,
    endpoint: settings.s3Endpoint,
    region: settings.s3Region,
    prefix: settings.s3Prefix,
    pathStyle: settings.s3PathStyle,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey },
    directUrl: settings.s3DirectUrl,
  };
}
