import type { z } from 'zod';
import type { Viewer } from '../../model/viewer.ts';
import type { ArtifactKey } from '../../store/artifacts.ts';
import type { Ground } from '../../store/ground.ts';
import type { Membership } from '../../store/memberships.ts';
import { type CollectionPlace, collectionAt, type ofVersion, requirePlace } from './collection-of.ts';

/** The version that an address names, and where it lies there. */
export interface FoundVersion extends CollectionPlace {
  readonly place: Membership;
  readonly key: ArtifactKey;
}

/** A version that the viewer may see. @throws TriplineError not_found */
export async function versionAt(
  ground: Ground,
  viewer: Viewer,
  address: z.output<typeof ofVersion>,
): Promise<FoundVersion> {
  const found = await collectionAt(ground, viewer, address);
  const place = await requirePlace(ground, found.collection, address.version);
  return { ...found, place, key: { tenantId: place.artifactTenantId, artifactId: place.artifactId } };
}
