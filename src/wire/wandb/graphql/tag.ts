import type { TenantId } from '../../../model/ids.ts';
import { keyedNodeId } from '../../../model/wire-id.ts';
import { type Connection, wholeConnection } from './connection.ts';
import type { GraphqlModule } from './module.ts';

/** A tag of a version or a collection: tags of one entity are the same when their names are. */
export interface TagNode {
  readonly tenantId: TenantId;
  readonly name: string;
}

/** Tags. Versions have a list of them, collections a connection (wandb protocol, 5.10). */
export const tag: GraphqlModule = {
  sdl: /* GraphQL */ `
    type Tag {
      id: ID!
      name: String!
      "Tags have no categories: null."
      tagCategoryName: String
    }
    type TagConnection {
      edges: [TagEdge!]!
      pageInfo: PageInfo!
    }
    type TagEdge {
      node: Tag!
      cursor: String!
    }
  `,
  resolvers: { Tag: { id: ({ tenantId, name }: TagNode) => keyedNodeId('Tag', tenantId, name) } },
};

/** Tags as their type resolves them. */
export function tagNodes(tenantId: TenantId, names: readonly string[] = []): TagNode[] {
  return names.map((name) => ({ tenantId, name }));
}

/** All tags of something, as a connection. */
export function tagConnection(tenantId: TenantId, names: readonly string[] | undefined): Connection<TagNode> {
  return wholeConnection(tagNodes(tenantId, names), ({ name }) => name);
}
