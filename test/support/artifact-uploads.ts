import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Digester } from '../../src/tracking/digester.ts';
import { digestOf } from '../../src/tracking/manifest.ts';
import type { Answered, InProcess } from './in-process.ts';

const CREATE = `mutation CreateArtifact($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact {
  id state versionIndex artifactSequence { id latestArtifact { id versionIndex } } } } }`;
const MANIFEST = `mutation CreateArtifactManifest($artifactID: ID!, $baseArtifactID: ID, $name: String!, $digest: String!, $entityName: String!,
  $projectName: String!, $runName: String!, $manifestType: ArtifactManifestType!, $includeUpload: Boolean!) {
  createArtifactManifest(input: {artifactID: $artifactID, baseArtifactID: $baseArtifactID, name: $name, digest: $digest,
    entityName: $entityName, projectName: $projectName, runName: $runName, type: $manifestType}) {
    artifactManifest { id file { id uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } } } }`;
const FILES = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files { edges { node {
  storagePath uploadUrl uploadHeaders uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } } artifact { id } } } } } }`;
const COMMIT = `mutation CommitArtifact($artifactID: ID!) { commitArtifact(input: {artifactID: $artifactID}) { artifact {
  id digest state versionIndex } } }`;

/** An entry of a manifest. */
export interface Digested {
  readonly digest: string;
  readonly size?: number;
  readonly ref?: string;
}

/** Contents of files by their paths. */
export type Contents = Readonly<Record<string, string>>;

export interface FilePlace {
  readonly uploadUrl: string | null;
  readonly artifact: { readonly id: string };
}

export const md5 = (content: string): string => createHash('md5').update(content).digest('base64');

const HOST = 'http://tripline.test';

/** Addresses are absolute; the app takes the part behind the host. */
export const pathOf = (url: string): string => url.slice(HOST.length);

/** The digest of a version of these files. */
export function digestFor(contents: Contents): string {
  return digestOfEntries(Object.entries(contents).map(([path, text]) => [path, { digest: md5(text) }]));
}

/** The digest of a version by the contents that its manifest names. */
export function digestOfEntries(
  entries: readonly (readonly [path: string, entry: Digested])[],
  digester: Digester = createHash('md5'),
): string {
  const files = entries.map(([path, { digest }]) => ({ path, digest, size: 0, ref: null, birthArtifactId: null }));
  return digestOf(files, digester);
}

/** To a store that a client was led to. @returns the status */
async function putStraight(url: string, body: string): Promise<number> {
  return (await fetch(url, { method: 'PUT', body, headers: { 'content-md5': md5(body) } })).status;
}

/** Uploads versions step by step, as the client does. @param hash of files @param projectName of `vision` */
export function artifactUploads(
  here: InProcess,
  username = 'ann',
  hash: (content: string) => string = md5,
  projectName = 'p',
) {
  const put = (url: string, payload: string | Buffer, headers = {}) =>
    here.app.inject({ method: 'PUT', url: pathOf(url), payload, headers });
  const create = (name: string, digest: string, more: object = {}): Promise<Answered> =>
    here.as(username, CREATE, {
      input: {
        ...{
          entityName: 'vision',
          projectName,
          artifactTypeName: 'dataset',
          artifactCollectionName: name,
          digest,
        },
        ...{ digestAlgorithm: 'MANIFEST_MD5', enableDigestDeduplication: true, clientID: crypto.randomUUID(), ...more },
      },
    });
  const manifest = (artifactID: string, digest: string, more: object = {}): Promise<Answered> =>
    here.as(username, MANIFEST, {
      ...{ artifactID, name: 'wandb_manifest.json', digest, entityName: 'vision', projectName, runName: '' },
      ...{ manifestType: 'FULL', includeUpload: digest !== '', ...more },
    });
  const files = async (artifactID: string, contents: Contents): Promise<FilePlace[]> => {
    const artifactFiles = Object.entries(contents).map(([name, text]) => ({ artifactID, name, md5: hash(text) }));
    const { data, message } = await here.as(username, FILES, { input: { artifactFiles, storageLayout: 'V2' } });
    assert.equal(message, '');
    return data.createArtifactFiles.files.edges.map(({ node }: { node: FilePlace }) => node);
  };
  const putFiles = async (artifactID: string, contents: Contents): Promise<FilePlace[]> => {
    const places = await files(artifactID, contents);
    for (const [index, text] of Object.values(contents).entries()) {
      const url = places[index]?.uploadUrl;
      if (url == null) continue;
      const status = url.startsWith(HOST) ? (await put(url, text)).statusCode : await putStraight(url, text);
      assert.equal(status, 200);
    }
    return places;
  };
  const putManifest = async (
    artifactID: string,
    contents: Contents,
    places: readonly FilePlace[],
    more: object = {},
  ) => {
    const entries = Object.entries(contents).map(([path, text], index) => [
      path,
      {
        digest: hash(text),
        size: Buffer.byteLength(text),
        birthArtifactID: places[index]?.artifact.id,
        local_path: '/x',
      },
    ]);
    const json = JSON.stringify({ version: 1, contents: Object.fromEntries(entries) });
    const { data, message } = await manifest(artifactID, md5(json), more);
    assert.equal(message, '');
    const answer = await put(data.createArtifactManifest.artifactManifest.file.uploadUrl, json);
    assert.equal(answer.statusCode, 200, answer.body);
  };
  const commit = (artifactID: string): Promise<Answered> => here.as(username, COMMIT, { artifactID });
  /** All steps but the commit. @returns the artifact's id */
  const upload = async (name: string, contents: Contents, more: object = {}): Promise<string> => {
    const { data, message } = await create(name, digestFor(contents), more);
    assert.equal(message, '');
    const { id } = data.createArtifact.artifact;
    await putManifest(id, contents, await putFiles(id, contents));
    return id;
  };
  /** All steps. @returns the artifact's id */
  const log = async (name: string, contents: Contents, more: object = {}): Promise<string> => {
    const id = await upload(name, contents, more);
    const { data, message } = await commit(id);
    assert.equal(message, '');
    assert.equal(data.commitArtifact.artifact.state, 'COMMITTED');
    return id;
  };
  return { create, manifest, files, put, putFiles, putManifest, commit, upload, log };
}
