import { aliasMutations } from './alias-mutations.ts';
import { apiKey } from './api-key.ts';
import { apiKeyMutations } from './api-key-mutations.ts';
import { artifact } from './artifact.ts';
import { artifactAlias } from './artifact-alias.ts';
import { artifactCollection } from './artifact-collection.ts';
import { artifactCollectionList } from './artifact-collection-list.ts';
import { artifactFiles } from './artifact-files.ts';
import { artifactManifest } from './artifact-manifest.ts';
import { artifactMembership } from './artifact-membership.ts';
import { artifactMutations } from './artifact-mutations.ts';
import { artifactPlaces } from './artifact-places.ts';
import { artifactType } from './artifact-type.ts';
import { artifactUploadMutations } from './artifact-upload-mutations.ts';
import { base } from './base.ts';
import { collectionMutations } from './collection-mutations.ts';
import { collectionTagMutations } from './collection-tag-mutations.ts';
import { collectionVersions } from './collection-versions.ts';
import { consoleLines } from './console.ts';
import { entity } from './entity.ts';
import { file } from './file.ts';
import { history } from './history.ts';
import { integration } from './integration.ts';
import { linkMutations } from './link-mutations.ts';
import type { GraphqlModule } from './module.ts';
import { organization } from './organization.ts';
import { project } from './project.ts';
import { projectList } from './project-list.ts';
import { projectMutations } from './project-mutations.ts';
import { registry } from './registry.ts';
import { registryMembers } from './registry-members.ts';
import { registrySearch } from './registry-search.ts';
import { run } from './run.ts';
import { runAlert } from './run-alert.ts';
import { runArtifacts } from './run-artifacts.ts';
import { runFileMutations } from './run-file-mutations.ts';
import { runFiles } from './run-files.ts';
import { runMutations } from './run-mutations.ts';
import { runStateMutation } from './run-state-mutation.ts';
import { runs } from './runs.ts';
import { serverInfo } from './server-info.ts';
import { sweep } from './sweep.ts';
import { tag } from './tag.ts';
import { team } from './team.ts';
import { trigger } from './trigger.ts';
import { triggerList } from './trigger-list.ts';
import { triggerMutations } from './trigger-mutations.ts';
import { upsertBucket } from './upsert-bucket.ts';
import { user } from './user.ts';
import { userList } from './user-list.ts';
import { viewer } from './viewer.ts';

/** Everything the schema consists of; a new type is a file and a line here. */
export const MODULES: readonly GraphqlModule[] = [
  base,
  serverInfo,
  viewer,
  user,
  userList,
  apiKey,
  apiKeyMutations,
  entity,
  team,
  organization,
  project,
  projectList,
  projectMutations,
  registry,
  registryMembers,
  registrySearch,
  sweep,
  run,
  runs,
  history,
  consoleLines,
  file,
  runFiles,
  runFileMutations,
  runMutations,
  upsertBucket,
  runStateMutation,
  runAlert,
  artifactType,
  artifact,
  artifactPlaces,
  artifactManifest,
  artifactFiles,
  artifactCollection,
  artifactCollectionList,
  collectionVersions,
  artifactMembership,
  artifactAlias,
  tag,
  runArtifacts,
  artifactUploadMutations,
  aliasMutations,
  artifactMutations,
  linkMutations,
  collectionMutations,
  collectionTagMutations,
  integration,
  trigger,
  triggerList,
  triggerMutations,
];
