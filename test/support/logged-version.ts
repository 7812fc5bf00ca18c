import { createHash } from 'node:crypto';
import { type Graphql, graphqlWith } from './graphql.ts';
import type { Scene } from './scene.ts';

const CREATE = `mutation CreateArtifact($input: CreateArtifactInput!) {
  createArtifact(input: $input) { artifact { id state } }
}`;
const CREATE_MANIFEST = `mutation CreateArtifactManifest($input: CreateArtifactManifestInput!) {
  createArtifactManifest(input: $input) { artifactManifest { id file { uploadUrl } } }
}`;
const CREATE_FILES = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
  createArtifactFiles(input: $input) { files { edges { node { uploadUrl artifact { id } } } } }
}`;
const COMMIT = `mutation CommitArtifact($input: CommitArtifactInput!) {
  commitArtifact(input: $input) { artifact { id digest } }
}`;

export interface VersionToLog {
  readonly collection: string;
  /** Default `model`. */
  readonly type?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The run that logs it. */
  readonly run?: string;
  /** Contents by name. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** Uploads a file; default one plain request. */
  readonly put?: (url: string, bytes: Buffer) => Promise<void>;
}

/** Where a version is logged, and how. */
export interface Logging {
  readonly graphql: Graphql;
  readonly scene: Pick<Scene, 'team' | 'project'>;
}

export function logging(scene: Scene): Logging {
  return { graphql: graphqlWith(scene.server, scene.person.key), scene };
}

/** Logs a version by the requests of the client, one after the other (protocol, 5.2). @returns its id */
export async function logVersion(
  { graphql, scene }: Logging,
  { collection, type = 'model', aliases = [], tags = [], metadata = {}, run = '', files, put = putBytes }: VersionToLog,
): Promise<string> {
  const place = { entityName: scene.team, projectName: scene.project };
  const entries = Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes,
    digest: md5(bytes).toString('base64'),
  }));
  const created = await graphql<{ createArtifact: { artifact: { id: string; state: string } } }>(CREATE, {
    input: {
      ...place,
      ...(run === '' ? {} : { runName: run }),
      artifactTypeName: type,
      artifactCollectionName: collection,
      digest: digestOf(entries),
      digestAlgorithm: 'MANIFEST_MD5',
      enableDigestDeduplication: true,
      aliases: [...aliases, 'latest'].map((alias) => ({ artifactCollectionName: collection, alias })),
      tags: tags.map((tagName) => ({ tagName })),
      metadata: JSON.stringify(metadata),
    },
  });
  const { id, state } = created.createArtifact.artifact;
  if (state === 'COMMITTED') return id;
  const manifest = { ...place, runName: run, artifactID: id, name: 'wandb_manifest.json', type: 'FULL' };
  const placeholder = await makeManifest(graphql, { ...manifest, digest: '' });
  const specs = entries.map(({ name, digest }) => {
    return { artifactID: id, artifactManifestID: placeholder.id, name, md5: digest, digest };
  });
  const uploads = await graphql<Uploads>(CREATE_FILES, { input: { artifactFiles: specs, storageLayout: 'V2' } });
  const nodes = uploads.createArtifactFiles.files.edges.map(({ node }) => node);
  await Promise.all(
    entries.map(async ({ bytes }, at) => {
      // what is stored already has no address
      const url = nodes[at]?.uploadUrl;
      if (url !== null && url !== undefined) await put(url, bytes);
    }),
  );
  const contents = entries.map(({ name, bytes, digest }, at) => {
    return [name, { digest, size: bytes.length, birthArtifactID: nodes[at]?.artifact.id }];
  });
  const text = Buffer.from(
    JSON.stringify({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      storagePolicyConfig: { storageLayout: 'V2' },
      contents: Object.fromEntries(contents),
    }),
  );
  const target = await makeManifest(graphql, { ...manifest, digest: md5(text).toString('base64') });
  await putBytes(target.file.uploadUrl ?? '', text);
  await commitVersion(graphql, id);
  return id;
}

/** The last request of logging a version; a client sends it again when the answer was lost. */
export async function commitVersion(graphql: Graphql, artifactID: string): Promise<void> {
  await graphql(COMMIT, { input: { artifactID } });
}

interface Manifest {
  readonly id: string;
  readonly file: { readonly uploadUrl: string | null };
}

interface Uploads {
  readonly createArtifactFiles: {
    readonly files: {
      readonly edges: readonly {
        readonly node: { readonly uploadUrl: string | null; readonly artifact: { readonly id: string } };
      }[];
    };
  };
}

async function makeManifest(graphql: Graphql, input: Readonly<Record<string, unknown>>): Promise<Manifest> {
  const made = await graphql<{ createArtifactManifest: { artifactManifest: Manifest } }>(CREATE_MANIFEST, { input });
  return made.createArtifactManifest.artifactManifest;
}

async function putBytes(url: string, body: Buffer): Promise<void> {
  const { status } = await fetch(url, { method: 'PUT', body: new Uint8Array(body) });
  if (status !== 200) throw new Error(`an upload was answered ${status}`);
}

/** Of a manifest (protocol, 5.12). */
function digestOf(entries: readonly { readonly name: string; readonly digest: string }[]): string {
  const lines = entries
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((each) => `${each.name}:${each.digest}\n`);
  return md5(Buffer.from(`wandb-artifact-manifest-v1\n${lines.join('')}`)).toString('hex');
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}
