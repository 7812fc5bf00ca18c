import { createHash } from 'node:crypto';
import { type Graphql, graphqlWith } from './graphql.ts';
import type { Scene } from './scene.ts';

const CREATE = `mutation CreateArtifact($input: CreateArtifactInput!) {
  createArtifact(input: $input) { artifact { id state } }
}`;
const CREATE_MANIFEST = `mutation CreateArtifactManifest($input: CreateArtifactManifestInput!) {
  createArtifactManifest(input: $input) { artifactManifest { id file { uploadUrl } } }
}`;
const UPDATE_MANIFEST = `mutation UpdateArtifactManifest($input: UpdateArtifactManifestInput!) {
  updateArtifactManifest(input: $input) { artifactManifest { id file { uploadUrl } } }
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

export interface VersionToWrite {
  readonly collection: string;
  /** What each writer brings. */
  readonly parts: readonly VersionToLog['files'][];
}

/** Several writers bring one version, all at once. @returns its id; it is to be committed */
export async function uploadTogether(
  { graphql, scene }: Logging,
  { collection, parts }: VersionToWrite,
): Promise<string> {
  const distributedID = crypto.randomUUID();
  const ids = await Promise.all(
    parts.map(async (files) => {
      const version = await createPending({ graphql, scene }, collection, { distributedID });
      await uploadContent({ graphql, scene }, { version, files, type: 'PATCH' });
      return version;
    }),
  );
  const [id = ''] = ids;
  if (ids.some((each) => each !== id)) throw new Error('the writers were given several versions');
  return id;
}

/** Brings a version that adds files to another one of its collection. @returns its id; it is to be committed */
export async function uploadAddition(
  { graphql, scene }: Logging,
  {
    collection,
    base,
    files,
  }: { readonly collection: string; readonly base: string; readonly files: VersionToLog['files'] },
): Promise<string> {
  const version = await createPending({ graphql, scene }, collection, {});
  await uploadContent({ graphql, scene }, { version, files, type: 'INCREMENTAL', base });
  return version;
}

/** Of what is put together only at the end nobody knows the digest. */
async function createPending({ graphql, scene }: Logging, name: string, more: object): Promise<string> {
  const created = await graphql<{ createArtifact: { artifact: { id: string } } }>(CREATE, {
    input: {
      ...{
        entityName: scene.team,
        projectName: scene.project,
        artifactTypeName: 'model',
        artifactCollectionName: name,
      },
      ...{ digest: md5(Buffer.from(crypto.randomUUID())).toString('hex'), digestAlgorithm: 'MANIFEST_MD5' },
      ...{ enableDigestDeduplication: true, clientID: crypto.randomUUID(), ...more },
    },
  });
  return created.createArtifact.artifact.id;
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
  const created = await graphql<{ createArtifact: { artifact: { id: string; state: string } } }>(CREATE, {
    input: {
      ...{ entityName: scene.team, projectName: scene.project },
      ...(run === '' ? {} : { runName: run }),
      artifactTypeName: type,
      artifactCollectionName: collection,
      digest: digestOf(entriesOf(files)),
      digestAlgorithm: 'MANIFEST_MD5',
      enableDigestDeduplication: true,
      clientID: crypto.randomUUID(),
      aliases: [...aliases, 'latest'].map((alias) => ({ artifactCollectionName: collection, alias })),
      tags: tags.map((tagName) => ({ tagName })),
      metadata: JSON.stringify(metadata),
    },
  });
  const { id, state } = created.createArtifact.artifact;
  if (state === 'COMMITTED') return id;
  await uploadContent({ graphql, scene }, { version: id, run, files, put, type: 'FULL' });
  await commitVersion(graphql, id);
  return id;
}

export interface Part {
  /** The id of the pending version. */
  readonly version: string;
  readonly files: VersionToLog['files'];
  /** Of a version that several write, or that adds to another one. */
  readonly type: 'FULL' | 'PATCH' | 'INCREMENTAL';
  /** The version that it adds to. */
  readonly base?: string;
  readonly run?: string;
  readonly put?: VersionToLog['put'];
}

/** Uploads the files of a pending version, or of a part of it, and their manifest. */
export async function uploadContent(
  { graphql, scene }: Logging,
  { version, files, type, base, run = '', put = putBytes }: Part,
): Promise<void> {
  const manifest = {
    ...{ entityName: scene.team, projectName: scene.project, runName: run, artifactID: version, type },
    ...{ name: 'wandb_manifest.json', ...(base === undefined ? {} : { baseArtifactID: base }) },
  };
  const placeholder = await makeManifest(graphql, { ...manifest, digest: '' });
  const entries = entriesOf(files);
  const specs = entries.map(({ name, digest }) => {
    return { artifactID: version, artifactManifestID: placeholder.id, name, md5: digest, digest };
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
  const digest = md5(text).toString('base64');
  // patches are as many as are asked for: one that is there is told its digest
  const target =
    type === 'FULL'
      ? await makeManifest(graphql, { ...manifest, digest })
      : await tellDigest(graphql, { artifactManifestID: placeholder.id, digest });
  await putBytes(target.file.uploadUrl ?? '', text);
}

function entriesOf(files: VersionToLog['files']) {
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes, digest: md5(bytes).toString('base64') }));
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

async function tellDigest(graphql: Graphql, input: Readonly<Record<string, unknown>>): Promise<Manifest> {
  const told = await graphql<{ updateArtifactManifest: { artifactManifest: Manifest } }>(UPDATE_MANIFEST, { input });
  return told.updateArtifactManifest.artifactManifest;
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
