import { apiKey } from './api-key.ts';
import { apiKeyMutations } from './api-key-mutations.ts';
import { artifactCollection } from './artifact-collection.ts';
import { base } from './base.ts';
import { entity } from './entity.ts';
import { integration } from './integration.ts';
import type { GraphqlModule } from './module.ts';
import { organization } from './organization.ts';
import { project } from './project.ts';
import { projectList } from './project-list.ts';
import { projectMutations } from './project-mutations.ts';
import { serverInfo } from './server-info.ts';
import { sweep } from './sweep.ts';
import { team } from './team.ts';
import { trigger } from './trigger.ts';
import { triggerList } from './trigger-list.ts';
import { triggerMutations } from './trigger-mutations.ts';
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
  sweep,
  artifactCollection,
  integration,
  trigger,
  triggerList,
  triggerMutations,
];
