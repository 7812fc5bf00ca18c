import type { CapturedCollection, CapturedSourceRun, CapturedVersion } from '../events/artifact-subject.ts';
import { plainConfig } from '../events/run-subject.ts';
import { objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { isRegistryName, REGISTRY_PREFIX } from '../model/registry-name.ts';
import { largeNodeId } from '../model/wire-id.ts';
import type { ArtifactSubject, CollectionSubject } from './artifact-subjects.ts';
import type { VersionPlace } from './describe-places.ts';
import type { PageUrls } from './page-urls.ts';

type Urls = Pick<PageUrls, 'artifactUrl'>;

/** The collection as filters see it and events keep it: everything a payload may name, as it is at this moment. */
export function captureCollection({ artifactUrl }: Urls, subject: CollectionSubject): CapturedCollection {
  const { entity, project, name, kind, typeName, tags } = subject;
  return {
    entity,
    project,
    registry: registryOf(subject),
    name,
    kind,
    artifactType: typeName,
    tags,
    url: artifactUrl(entity, project, typeName, name, null),
  };
}

/** The version at one of its places, the same way. */
export function captureVersion(
  room: Urls,
  place: VersionPlace,
  collection: CollectionSubject,
  artifact: ArtifactSubject,
): CapturedVersion {
  const { entity, project, typeName, name } = collection;
  return {
    collection: captureCollection(room, collection),
    id: largeNodeId('Artifact', artifact.tenantId, artifact.artifactId),
    index: place.versionIndex,
    aliases: place.aliases,
    tags: place.tags,
    digest: artifact.digest,
    size: artifact.size,
    metadata: objectOf(uncleanJson(artifact.metadata)),
    sourceRun: captureSourceRun(artifact),
    url: room.artifactUrl(entity, project, typeName, name, place.versionIndex),
  };
}

function registryOf({ entityKind, project }: CollectionSubject): string | null {
  return entityKind === 'organization' && isRegistryName(project) ? project.slice(REGISTRY_PREFIX.length) : null;
}

function captureSourceRun({ run, runDisplayName, runConfig, runSummary }: ArtifactSubject): CapturedSourceRun | null {
  if (run === null) return null;
  return {
    id: run,
    displayName: runDisplayName ?? run,
    config: plainConfig(objectOf(uncleanJson(runConfig))),
    summary: objectOf(uncleanJson(runSummary)),
  };
}
