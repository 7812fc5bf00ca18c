import type { Clock } from '../../../model/clock.ts';
import type { ArtifactId, CollectionId, ManifestId, TenantId } from '../../../model/ids.ts';
import { signUrl } from '../../../secrets/signed-url.ts';

/** Clients hold addresses of large downloads for as long as those take (wandb protocol, 5.11). */
const LIFETIME_MS = 12 * 3_600_000;

/** Where files and manifests of artifacts are got. */
export const ARTIFACT_FILES_PATH = '/storage/artifacts/';
export const ARTIFACT_MANIFESTS_PATH = '/storage/manifests/';

/** Bytes that some version of a sequence stored, under the name that a download is to get. */
export interface ArtifactFileTarget {
  readonly tenantId: TenantId;
  readonly collectionId: CollectionId;
  /** Base64, as manifests have it. */
  readonly digest: string;
  readonly birthArtifactId: ArtifactId;
  readonly name: string;
}

export interface ManifestTarget {
  readonly tenantId: TenantId;
  readonly manifestId: ManifestId;
}

/** Makes the addresses of artifacts' files. They carry their own authorisation: the client sends none. */
export class ArtifactUrls {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  /** @param key derived from the master key for signed URLs */
  constructor(key: Uint8Array, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** @param baseUrl without a trailing slash */
  downloadFile(baseUrl: string, target: ArtifactFileTarget): string {
    const { tenantId, collectionId, digest, birthArtifactId, name } = target;
    const key = [tenantId, collectionId, birthArtifactId, segment(digest), segment(name)];
    return this.#sign(baseUrl, `${ARTIFACT_FILES_PATH}${key.join('/')}`);
  }

  /** @param baseUrl without a trailing slash */
  downloadManifest(baseUrl: string, { tenantId, manifestId }: ManifestTarget): string {
    return this.#sign(baseUrl, `${ARTIFACT_MANIFESTS_PATH}${tenantId}/${manifestId}`);
  }

  #sign(baseUrl: string, path: string): string {
    return baseUrl + signUrl(this.#key, { method: 'GET', path }, this.#clock.now() + LIFETIME_MS);
  }
}

function segment(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
