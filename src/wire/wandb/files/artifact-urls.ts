import { type ArtifactId, type CollectionId, type ManifestId, parseId, type TenantId } from '../../../model/ids.ts';
import type { ArtifactBlobKey } from '../../../store/artifact-blobs.ts';
import type { ManifestKey } from '../../../store/artifact-manifests.ts';
import { fromSegment, type SignedAddresses, toSegment } from './signed-addresses.ts';

const STORAGE = '/storage/';
/** Programs tell by this name that a file is an artifact's. */
const FILES = 'wandb_artifacts/';

export const ARTIFACT_FILES_PATH = `${STORAGE}${FILES}`;
export const MANIFESTS_PATH = `${STORAGE}artifact_manifests/`;
/** By this name they tell a manifest. */
const MANIFEST_NAME = 'wandb_manifest.json';

/** A file to be got, under the name that its version gives it. */
export interface NamedFile extends ArtifactBlobKey {
  readonly name: string;
}

/** Makes the addresses of files and manifests of artifacts. All take a `baseUrl` without a trailing slash. */
export class ArtifactUrls {
  readonly #signed: SignedAddresses;

  constructor(signed: SignedAddresses) {
    this.#signed = signed;
  }

  uploadFile(baseUrl: string, file: ArtifactBlobKey): string {
    return this.#signed.sign(baseUrl, { method: 'PUT', path: filePath(file) });
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

function manifestPath({ tenantId, manifestId }: ManifestKey): string {
  return `${MANIFESTS_PATH}${tenantId}/${manifestId}/${MANIFEST_NAME}`;
}

/** Reads the path of a file; `undefined` when it is none of ours. An upload has no name. */
export function fileOfPath(path: string): NamedFile | undefined {
  const [tenant = '', collection = '', birth = '', digest = '', name = ''] = path
    .slice(ARTIFACT_FILES_PATH.length)
    .split('/');
  const tenantId = parseId<TenantId>(tenant);
  const collectionId = parseId<CollectionId>(collection);
  const birthArtifactId = parseId<ArtifactId>(birth);
  if (tenantId === undefined || collectionId === undefined || birthArtifactId === undefined) return undefined;
  return { tenantId, collectionId, birthArtifactId, digest: fromSegment(digest), name: fromSegment(name) };
}

/** Reads the path of a manifest; `undefined` when it is none of ours. */
export function manifestOfPath(path: string): ManifestKey | undefined {
  const [tenant = '', manifest = ''] = path.slice(MANIFESTS_PATH.length).split('/');
  const tenantId = parseId<TenantId>(tenant);
  const manifestId = parseId<ManifestId>(manifest);
  return tenantId === undefined || manifestId === undefined ? undefined : { tenantId, manifestId };
}
