import { parseId } from './ids.ts';

/** Things whose ids travel as GraphQL node ids. `ProjectInternalId` is the client's own name (protocol, 0.7). */
export type NodeType =
  | 'Entity'
  | 'Organization'
  | 'User'
  | 'ApiKey'
  | 'Project'
  | 'ProjectInternalId'
  | 'Automation'
  | 'SlackIntegration'
  | 'GenericWebhookIntegration'
  | 'Invite';

/** Large things: their ids name the tenant too, so that a look-up goes to one place (data model, section 1). */
export type LargeNodeType = 'Run' | 'File' | 'Artifact' | 'ArtifactCollection' | 'ArtifactType' | 'ArtifactManifest';

const LARGE_DIGITS = 19;

/** The node id of a small thing: base64 of `Type:<decimal>`. */
export function nodeId(type: NodeType, id: string): string {
  return encode(`${type}:${id}`);
}

/** The node id of a large thing: base64 of `Type:` + tenant + the id in 19 digits. */
export function largeNodeId(type: LargeNodeType, tenantId: string, id: string): string {
  return encode(`${type}:${tenantId}${id.padStart(LARGE_DIGITS, '0')}`);
}

/** Things without an id of their own: theirs is made of their key. Clients do no more than compare them. */
export type KeyedNodeType = 'ArtifactCollectionMembership' | 'ArtifactAlias' | 'ArtifactFile' | 'Tag';

/** The node id of a thing that only its key names. */
export function keyedNodeId(type: KeyedNodeType, ...key: readonly (string | number)[]): string {
  return encode(`${type}:${key.map((part) => encodeURIComponent(part)).join('/')}`);
}

/** Reads a node id of one of the given types; `undefined` when it is not one. */
export function parseNodeId<Id extends string>(types: NodeType | readonly NodeType[], text: string): Id | undefined {
  const [type, digits] = decode(text);
  const accepted: readonly string[] = typeof types === 'string' ? [types] : types;
  return accepted.includes(type) ? parseId<Id>(digits) : undefined;
}

/** Reads the node id of a large thing; `undefined` when it is not one. */
export function parseLargeNodeId<Tenant extends string, Id extends string>(
  type: LargeNodeType,
  text: string,
): { tenantId: Tenant; id: Id } | undefined {
  const [found, digits] = decode(text);
  if (found !== type || digits.length <= LARGE_DIGITS || !/^\d+$/.test(digits)) return undefined;
  const tenantId = parseId<Tenant>(digits.slice(0, -LARGE_DIGITS));
  const id = parseId<Id>(digits.slice(-LARGE_DIGITS).replace(/^0+(?=\d)/, ''));
  return tenantId === undefined || id === undefined ? undefined : { tenantId, id };
}

function encode(text: string): string {
  return btoa(text);
}

function decode(text: string): [type: string, digits: string] {
  try {
    const [type = '', digits = '', ...rest] = atob(text).split(':');
    return rest.length === 0 ? [type, digits] : ['', ''];
  } catch {
    return ['', ''];
  }
}
