import type { Json, JsonObject } from '../model/json.ts';
import { valueAt } from '../model/value-at.ts';
import type { CapturedCollection, CapturedVersion } from './artifact-subject.ts';
import { versionString } from './artifact-subject.ts';

const METADATA = 'artifact_metadata.';

/** The value of a template variable that speaks of a collection (automations, section 4.4). */
export function collectionVariable(collection: CapturedCollection, name: string): Json | undefined {
  switch (name) {
    case 'artifact_collection_name':
      return collection.name;
    case 'artifact_type':
      return collection.artifactType;
    case 'artifact_url':
      return collection.url;
    default:
      return undefined;
  }
}

/** The value of a template variable that speaks of a version, or of its collection. */
export function versionVariable(version: CapturedVersion, name: string): Json | undefined {
  if (name.startsWith(METADATA)) return valueAt(version.metadata, name.slice(METADATA.length));
  switch (name) {
    case 'artifact_version':
      return `wandb-artifact://_id/${version.id}`;
    case 'artifact_version_string':
      return versionString(version.collection, version.index);
    case 'artifact_version_index':
      return String(version.index);
    case 'artifact_digest':
      return version.digest;
    case 'artifact_url':
      return version.url;
    case 'source_run_name':
      return version.sourceRun?.displayName;
    default:
      return collectionVariable(version.collection, name);
  }
}

/** The collection's part of the default document. */
export function collectionDocument(collection: CapturedCollection): JsonObject {
  return {
    name: collection.name,
    kind: collection.kind,
    type: collection.artifactType,
    tags: collection.tags,
    registry: collection.registry,
    url: collection.url,
  };
}

/** The version's part of the default document. Metadata stays out: a template asks for what it needs. */
export function versionDocument(version: CapturedVersion): JsonObject {
  const { collection, sourceRun } = version;
  return {
    id: version.id,
    version: `v${version.index}`,
    version_string: versionString(collection, version.index),
    collection: collection.name,
    collection_kind: collection.kind,
    type: collection.artifactType,
    registry: collection.registry,
    aliases: version.aliases,
    tags: version.tags,
    digest: version.digest,
    size: version.size,
    source_run: sourceRun === null ? null : { id: sourceRun.id, name: sourceRun.displayName },
    url: version.url,
  };
}
