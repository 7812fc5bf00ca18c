import { createHash } from 'node:crypto';
import type { Logging } from '../test/support/logged-version.ts';
import { put } from './exchange.ts';

const CREATE = `mutation C($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }`;
const FILES = `mutation F($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files { edges { node {
  storagePath uploadUrl uploadMultipartUrls { uploadID uploadUrlParts { uploadUrl } } artifact { id } } } } } }`;
const MANIFEST = `mutation M($input: CreateArtifactManifestInput!) {
  createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`;
const COMMIT = `mutation C($input: CommitArtifactInput!) { commitArtifact(input: $input) { artifact { id } } }`;
const URLS = `query U($id: ID!, $after: String) { artifact(id: $id) { files(first: 5000, after: $after) {
  edges { node { directUrl } } pageInfo { endCursor hasNextPage } } } }`;

/** As many as the client sends in one request. */
const BATCH = 2_000;

export interface FileToLog {
  readonly name: string;
  /** Base64. */
  readonly digest: string;
  readonly size: number;
}

/** Where a file is put. */
export interface Uploads {
  readonly storagePath: string;
  readonly uploadUrl: string;
  readonly uploadMultipartUrls: {
    readonly uploadID: string;
    readonly uploadUrlParts: readonly { readonly uploadUrl: string }[];
  } | null;
  readonly artifact: { readonly id: string };
}

export interface BegunVersion {
  readonly id: string;
  readonly nodes: readonly Uploads[];
}

/** Begins a version and asks where its files are put. @param parts of the only file */
export async function beginVersion(
  { graphql, scene }: Logging,
  collection: string,
  files: readonly FileToLog[],
  parts: readonly { readonly md5: Buffer }[] = [],
): Promise<BegunVersion> {
  const lines = files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const digest = createHash('md5').update('wandb-artifact-manifest-v1\n');
  for (const { name, digest: md5 } of lines) digest.update(`${name}:${md5}\n`);
  const place = { entityName: scene.team, projectName: scene.project, artifactTypeName: 'dataset' };
  const created = await graphql<{ createArtifact: { artifact: { id: string } } }>(CREATE, {
    input: {
      ...{ ...place, artifactCollectionName: collection, digest: digest.digest('hex') },
      ...{ digestAlgorithm: 'MANIFEST_MD5', enableDigestDeduplication: true },
    },
  });
  const { id } = created.createArtifact.artifact;
  const uploadPartsInput = parts.map(({ md5 }, at) => ({ partNumber: at + 1, hexMD5: md5.toString('hex') }));
  const nodes: Uploads[] = [];
  for (let first = 0; first < files.length; first += BATCH) {
    const artifactFiles = files.slice(first, first + BATCH).map((file) => ({
      ...{ artifactID: id, name: file.name, md5: file.digest },
      ...(parts.length === 0 ? {} : { uploadPartsInput }),
    }));
    const placed = await graphql<{ createArtifactFiles: { files: { edges: { node: Uploads }[] } } }>(FILES, {
      input: { artifactFiles, storageLayout: 'V2' },
    });
    nodes.push(...placed.createArtifactFiles.files.edges.map(({ node }) => node));
  }
  return { id, nodes };
}

/** Puts the manifest of files that have arrived and commits the version. @returns where its files are got */
export async function commitPlaced(
  { graphql, scene }: Logging,
  { id }: BegunVersion,
  files: readonly FileToLog[],
): Promise<string[]> {
  const contents = Object.fromEntries(
    files.map(({ name, digest, size }) => [name, { digest, size, birthArtifactID: id }]),
  );
  const bytes = Buffer.from(JSON.stringify({ version: 1, contents }));
  const md5 = createHash('md5').update(bytes).digest();
  const digest = md5.toString('base64');
  const place = { entityName: scene.team, projectName: scene.project, runName: '' };
  const made = await graphql<{ createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } } }>(
    MANIFEST,
    { input: { ...place, artifactID: id, name: 'wandb_manifest.json', digest, type: 'FULL' } },
  );
  await put(made.createArtifactManifest.artifactManifest.file.uploadUrl, { bytes, size: bytes.length, md5 });
  await graphql(COMMIT, { input: { artifactID: id } });
  return addressesOf(graphql, id);
}

interface Addresses {
  readonly artifact: {
    readonly files: {
      readonly edges: readonly { readonly node: { readonly directUrl: string } }[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    };
  };
}

async function addressesOf(graphql: Logging['graphql'], id: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const { artifact }: Addresses = await graphql<Addresses>(URLS, { id, after });
    found.push(...artifact.files.edges.map(({ node }) => node.directUrl));
    if (!artifact.files.pageInfo.hasNextPage) return found;
    after = artifact.files.pageInfo.endCursor;
  }
}
