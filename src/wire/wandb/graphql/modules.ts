import { apiKey } from './api-key.ts';
import { base } from './base.ts';
import { entity } from './entity.ts';
import type { GraphqlModule } from './module.ts';
import { organization } from './organization.ts';
import { project } from './project.ts';
import { projectList } from './project-list.ts';
import { projectMutations } from './project-mutations.ts';
import { serverInfo } from './server-info.ts';
import { sweep } from './sweep.ts';
import { user } from './user.ts';
import { viewer } from './viewer.ts';

/** Everything the schema consists of; a new type is a file and a line here. */
export const MODULES: readonly GraphqlModule[] = [
  base,
  serverInfo,
  viewer,
  user,
  apiKey,
  entity,
  organization,
  project,
  projectList,
  projectMutations,
  sweep,
];
