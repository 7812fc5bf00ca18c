import { invalid, type TriplineError } from '../model/error.ts';
import { parseFileName } from '../model/file-name.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { parseLooseJson } from '../model/loose-json.ts';
import { parseLargeNodeId } from '../model/wire-id.ts';
import type { ArtifactFile } from '../store/artifact-files.ts';
import type { Digester } from './digester.ts';

/** A file as a manifest names it. */
export interface ManifestEntry extends ArtifactFile {
  /** As it stands in the manifest, with what only clients understand. */
  readonly raw: JsonObject;
}

/** What a version consists of, as its client says (wandb protocol, 5.7). */
export interface Manifest {
  /** All but the contents. */
  readonly head: JsonObject;
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

/** Of a reference: an address, and the digest that its client knows it by, which may be the address. */
const LONGEST_REFERENCE = 16 * 1024;
/** What a browser would run if somebody followed it; it passes over blanks in front and within. */
const RUNS = /^[\0- ]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|^[\0- ]*d\s*a\s*t\s*a\s*:/i;
/** A hundred thousand files have about 30 MB, and are as many as W&B advises. All is read as one. */
export const LARGEST_MANIFEST = 64 * 1024 ** 2;
const MOST_FILES = 250_000;
/** A file has half as many, with all that clients add. Of the smallest ones a text may hold so many that they fill the memory. */
const MOST_VALUES = 16 * MOST_FILES;
/** Bytes are looked up by their digest: it must fit an index. */
const LONGEST_DIGEST = 256;

/** Reads a manifest. @param tenantId the entity that its bytes must belong to @throws TriplineError invalid */
export function parseManifest(text: string, tenantId: TenantId): Manifest {
  const json = readText(text);
  if (!isJsonObject(json)) throw fault('is not a JSON object');
  const { contents, ...head } = json;
  if (!isJsonObject(contents)) throw fault("has no object 'contents'");
  const files = Object.entries(contents);
  refuseTooMany(files.length);
  const entries = files.map(([path, entry]) => parseEntry(path, entry, tenantId));
  return { head, entries: new Map(entries.map((entry) => [entry.path, entry])) };
}

function readText(text: string): Json {
  try {
    return parseLooseJson(text, MOST_VALUES);
  } catch {
    throw fault(`is not JSON of at most ${MOST_VALUES} values`);
  }
}

function parseEntry(path: string, entry: Json, tenantId: TenantId): ManifestEntry {
  parseFileName(path);
  if (!isJsonObject(entry)) throw fault(`has no object for '${path}'`);
  const { local_path: _ofTheClient, ...raw } = entry;
  const { digest, size = 0, ref = null, birthArtifactID: birth } = raw;
  if (typeof digest !== 'string' || digest === '') throw fault(`has no digest for '${path}'`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw fault(`has no true size for '${path}'`);
  if (ref !== null) return { path, digest, size, ref: parseReference(path, ref, digest), birthArtifactId: null, raw };
  if (digest.length > LONGEST_DIGEST) throw fault(`has a digest that is too long for '${path}'`);
  return { path, digest, size, ref, birthArtifactId: parseBirth(path, birth, tenantId), raw };
}

function parseReference(path: string, ref: Json, digest: string): string {
  if (typeof ref !== 'string') throw fault(`has no true reference for '${path}'`);
  if (Math.max(ref.length, digest.length) > LONGEST_REFERENCE) throw fault(`has a reference too long for '${path}'`);
  if (RUNS.test(ref)) throw fault(`refers to a script for '${path}', not to a place`);
  return ref;
}

function parseBirth(path: string, birth: Json | undefined, tenantId: TenantId): ArtifactId | null {
  if (birth === undefined || birth === null) return null;
  const parsed = typeof birth === 'string' ? parseLargeNodeId<TenantId, ArtifactId>('Artifact', birth) : undefined;
  if (parsed?.tenantId === tenantId) return parsed.id;
  throw fault(`names bytes of another entity for '${path}'`);
}

function fault(what: string): TriplineError {
  return invalid(`the manifest ${what}`, 'manifest');
}

function refuseTooMany(files: number): void {
  if (files > MOST_FILES) throw fault(`names ${files} files; a version may have at most ${MOST_FILES}`);
}

/** Manifests on top of each other: what a later one says of a path counts. @throws TriplineError invalid */
export function mergeManifests(manifests: readonly Manifest[]): Manifest {
  const entries = new Map(manifests.flatMap(({ entries }) => [...entries]));
  refuseTooMany(entries.size);
  return { head: manifests.at(-1)?.head ?? {}, entries };
}

export function printManifest({ head, entries }: Manifest): string {
  const contents = Object.fromEntries([...entries.values()].map(({ path, raw }) => [path, raw]));
  return JSON.stringify({ ...head, contents });
}

/** The digest of a version by those of its files (wandb protocol, 5.12): hexadecimal. @param digester a fresh one */
export function digestOf(entries: Iterable<ArtifactFile>, digester: Digester): string {
  digester.update('wandb-artifact-manifest-v1\n');
  for (const { path, digest } of byPath(entries)) digester.update(`${path}:${digest}\n`);
  return digester.digest('hex');
}

/** By code point, as the client sorts: the order of UTF-8, which is not that of UTF-16. */
function byPath(entries: Iterable<ArtifactFile>): ArtifactFile[] {
  return [...entries]
    .map((entry) => ({ entry, bytes: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ entry }) => entry);
}
