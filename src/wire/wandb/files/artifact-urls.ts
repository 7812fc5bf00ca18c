import type { DirectAccess } from '../../../blobs/blob-store.ts';
import type { BlobKey } from '../../../model/blob-key.ts';
import { type ArtifactId, type CollectionId, type ManifestId, parseId, type TenantId } from '../../../model/ids.ts';
import type { ArtifactBlobKey } from '../../../store/artifact-blobs.ts';
import type { ManifestKey } from '../../../store/artifact-manifests.ts';
import type { ArtifactUpload } from '../../../store/artifact-uploads.ts';
import type { PlacedFile } from '../../../tracking/create-artifact-files.ts';
import { contentHeaders } from '../../content-type.ts';
import { fromSegment, type SignedAddresses, toSegment } from './signed-addresses.ts';

const STORAGE = '/storage/';
/** Programs tell by this name that a file is an artifact's. */
const FILES = 'wandb_artifacts/';

export const ARTIFACT_FILES_PATH = `${STORAGE}${FILES}`;
export const PARTS_PATH = `${STORAGE}artifact_parts/`;
export const MANIFESTS_PATH = `${STORAGE}artifact_manifests/`;
/** By this name they tell a manifest. */
export const MANIFEST_NAME = 'wandb_manifest.json';

/** A file to be got, under the name that its version gives it. */
export interface NamedFile extends ArtifactBlobKey {
  readonly name: string;
}

/** Makes the addresses of files and manifests of artifacts. All take a `baseUrl` without a trailing slash. */
export class ArtifactUrls {
  readonly #signed: SignedAddresses;
  readonly #direct: DirectAccess | undefined;
  /** Whether clients reach the store itself ({@link downloadStraight}). */
  readonly straight: boolean;

  /** @param direct the store itself, when clients reach it: then they bring it the bytes of files */
  constructor(signed: SignedAddresses, direct?: DirectAccess) {
    this.#signed = signed;
    this.#direct = direct;
    this.straight = direct !== undefined;
  }

  async uploadFile(baseUrl: string, file: PlacedFile): Promise<string> {
    const { upload, digest } = file;
    if (upload?.inParts === null && this.#direct !== undefined) return this.#direct.uploadUrl(upload.blob, digest);
    return this.#signed.sign(baseUrl, { method: 'PUT', path: filePath(file) });
  }

  /** @param number of the part; the first has 1 */
  async uploadPart(baseUrl: string, upload: ArtifactUpload, number: number): Promise<string> {
    const { blob, inParts } = upload;
    const md5 = inParts?.md5s[number - 1] ?? '';
    const direct = inParts && (await this.#direct?.partUrl({ key: blob, id: inParts.id }, number, md5));
    return direct ?? this.#signed.sign(baseUrl, { method: 'PUT', path: partPath(upload, number) });
  }

  /**
   * An address of the store itself, under which it answers as Tripline would (`sendContent`).
   *
   * @returns `undefined` when the bytes may lie elsewhere
   */
  async downloadStraight({ name }: NamedFile, blob: BlobKey): Promise<string | undefined> {
    return this.#direct?.listedUrl(blob, contentHeaders(name));
  }

  downloadFile(baseUrl: string, file: NamedFile): string {
    return this.#signed.sign(baseUrl, { method: 'GET', path: `${filePath(file)}/${toSegment(file.name)}` });
  }

  uploadManifest(baseUrl: string, key: ManifestKey): string {
    return this.#signed.sign(baseUrl, { method: 'PUT', path: manifestPath(key) });
  }

  downloadManifest(baseUrl: string, key: ManifestKey): string {
    return this.#signed.sign(baseUrl, { method: 'GET', path: manifestPath(key) });
  }
}

/** Where the bytes of a file lie, as answers call it; no address without a signature. */
export function storagePath({ tenantId, collectionId, birthArtifactId, digest }: ArtifactBlobKey): string {
  return `${FILES}${tenantId}/${collectionId}/${birthArtifactId}/${toSegment(digest)}`;
}

function filePath(file: ArtifactBlobKey): string {
  return STORAGE + storagePath(file);
}

function partPath(upload: ArtifactUpload, number: number): string {
  return `${PARTS_PATH}${storagePath(upload).slice(FILES.length)}/${toSegment(upload.blob)}/${number}`;
}

function manifestPath({ tenantId, manifestId }: ManifestKey): string {
  return `${MANIFESTS_PATH}${tenantId}/${manifestId}/${MANIFEST_NAME}`;
}

/** Reads the path of a file; `undefined` when it is none of ours. An upload has no name. */
export function fileOfPath(path: string): NamedFile | undefined {
  const [key, name = ''] = readSegments(path.slice(ARTIFACT_FILES_PATH.length).split('/')) ?? [];
  return key && { ...key, name: fromSegment(name) };
}

/** Reads where an answer said that the bytes of a file lie; `undefined` when it is nothing of ours. */
export function fileOfStoragePath(path: string): ArtifactBlobKey | undefined {
  return path.startsWith(FILES) ? fileOfPath(`${STORAGE}${path}`) : undefined;
}

/** A part of a file, for one upload of it. */
export interface PartTarget {
  readonly file: ArtifactBlobKey;
  readonly blob: string;
  readonly number: number;
}

/** Reads the path of a part; `undefined` when it is none of ours. */
export function partOfPath(path: string): PartTarget | undefined {
  const [file, blob = '', number = ''] = readSegments(path.slice(PARTS_PATH.length).split('/')) ?? [];
  return file && { file, blob: fromSegment(blob), number: Number(number) };
}

/** The key of a file, and the segments behind it. */
function readSegments(segments: readonly string[]): [ArtifactBlobKey, ...string[]] | undefined {
  const [tenant = '', collection = '', birth = '', digest = '', ...rest] = segments;
  const tenantId = parseId<TenantId>(tenant);
  const collectionId = parseId<CollectionId>(collection);
  const birthArtifactId = parseId<ArtifactId>(birth);
  if (tenantId === undefined || collectionId === undefined || birthArtifactId === undefined) return undefined;
  return [{ tenantId, collectionId, birthArtifactId, digest: fromSegment(digest) }, ...rest];
}

/** Reads the path of a manifest; `undefined` when it is none of ours. */
export function manifestOfPath(path: string): ManifestKey | undefined {
  const [tenant = '', manifest = ''] = path.slice(MANIFESTS_PATH.length).split('/');
  const tenantId = parseId<TenantId>(tenant);
  const manifestId = parseId<ManifestId>(manifest);
  return tenantId === undefined || manifestId === undefined ? undefined : { tenantId, manifestId };
}
