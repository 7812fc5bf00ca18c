import type { ArtifactId, TenantId } from '../../../model/ids.ts';
import { parseLargeNodeId } from '../../../model/wire-id.ts';

/** What the path of a download names, by the layout in which a client keeps its files (wandb protocol, 5.11). */
export type DownloadPath = {
  readonly entity: string;
  /** Base64, as manifests have it. */
  readonly digest: string;
  readonly name: string;
} & (
  | { readonly kind: 'of collection'; readonly project: string; readonly collection: string; readonly born: Born }
  | { readonly kind: 'born'; readonly born: Born }
  | { readonly kind: 'anywhere' }
);

/** Whose upload stored the bytes. */
export interface Born {
  readonly tenantId: TenantId;
  readonly artifactId: ArtifactId;
}

const HEX = /^([0-9a-f]{2})+$/;

/** Reads `/artifactsV2/…` and `/artifacts/…`; `undefined` when it is neither. */
export function parseDownloadPath(pathWithQuery: string): DownloadPath | undefined {
  const [first, ...rest] = segments(pathWithQuery.split('?', 1)[0] ?? '');
  if (first === 'artifacts' && rest.length === 2) return anywhere(rest);
  if (first !== 'artifactsV2') return undefined;
  // the region is there for others' storage
  const [, entity = '', ...names] = rest;
  // clients before 0.19
  if (names.length === 2) return bornAt({ entity, digest: fromHex(names[1]), name: '' }, names[0]);
  const digest = fromHex(names.at(-2));
  const name = names.at(-1) ?? '';
  if (names.length === 3) return bornAt({ entity, digest, name }, fromHex(names[0]));
  if (names.length !== 5 && names.length !== 6) return undefined;
  const [project = '', collection = ''] = names;
  const born = parseBorn(names.at(-3) ?? '');
  if (born === undefined || digest === undefined) return undefined;
  return { kind: 'of collection', entity, project, collection, born, digest, name };
}

function anywhere([entity = '', hex]: readonly string[]): DownloadPath | undefined {
  const digest = fromHex(hex);
  return digest === undefined ? undefined : { kind: 'anywhere', entity, digest, name: '' };
}

function bornAt(
  { entity, digest, name }: { entity: string; digest: string | undefined; name: string },
  id: string | undefined,
): DownloadPath | undefined {
  const born = id === undefined ? undefined : parseBorn(id);
  if (born === undefined || digest === undefined) return undefined;
  return { kind: 'born', entity, digest, name, born };
}

function parseBorn(id: string): Born | undefined {
  const parsed = parseLargeNodeId<TenantId, ArtifactId>('Artifact', id);
  return parsed && { tenantId: parsed.tenantId, artifactId: parsed.id };
}

/** The client writes base64 as the hexadecimal of its bytes. */
function fromHex(hex: string | undefined): string | undefined {
  return hex !== undefined && HEX.test(hex) ? Buffer.from(hex, 'hex').toString('base64') : undefined;
}

/** A name that is not well escaped stays as it is. */
function segments(path: string): string[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
}
