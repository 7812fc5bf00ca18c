import { base } from './base.ts';
import type { GraphqlModule } from './module.ts';
import { serverInfo } from './server-info.ts';

/** Everything the schema consists of; a new type is a file and a line here. */
export const MODULES: readonly GraphqlModule[] = [base, serverInfo];
