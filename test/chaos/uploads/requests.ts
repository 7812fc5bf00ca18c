import { createHash } from 'node:crypto';
import type { PlannedFile } from './plan.ts';

export const CREATE = `mutation CreateArtifact($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }`;
export const FILES = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files {
  edges { node { storagePath uploadUrl uploadMultipartUrls { uploadID uploadUrlParts { uploadUrl received } }
    artifact { id } } } } } }`;
export const COMPLETE = `mutation CompleteMultipartUploadArtifact($input: CompleteMultipartUploadArtifactInput!) {
  completeMultipartUploadArtifact(input: $input) { digest } }`;
export const MANIFEST = `mutation CreateArtifactManifest($input: CreateArtifactManifestInput!) {
  createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`;
export const COMMIT = `mutation CommitArtifact($input: CommitArtifactInput!) { commitArtifact(input: $input) { artifact { id } } }`;
export const LINK = `mutation LinkArtifact($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }`;
export const DELETE = `mutation DeleteArtifact($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }`;

/** Where a file is put. */
export interface Placed {
  readonly storagePath: string;
  readonly uploadUrl: string | null;
  readonly uploadMultipartUrls: {
    readonly uploadID: string;
    readonly uploadUrlParts: readonly { readonly uploadUrl: string; readonly received: boolean }[];
  } | null;
  readonly artifact: { readonly id: string };
}

/** The JSON that names the files of a version. @param births whose bytes each is */
export function manifestOf(files: readonly PlannedFile[], births: readonly string[]): Buffer {
  const contents = files.map(({ name, bytes }, at) => {
    return [name, { digest: md5(bytes).toString('base64'), size: bytes.length, birthArtifactID: births[at] }];
  });
  const policy = { storagePolicy: 'wandb-storage-policy-v1', storagePolicyConfig: { storageLayout: 'V2' } };
  return Buffer.from(JSON.stringify({ version: 1, ...policy, contents: Object.fromEntries(contents) }));
}

/** Of a manifest (wandb protocol, 5.12). */
export function digestOfAll(files: readonly PlannedFile[]): string {
  const lines = files
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, bytes }) => `${name}:${md5(bytes).toString('base64')}\n`);
  return md5(Buffer.from(`wandb-artifact-manifest-v1\n${lines.join('')}`)).toString('hex');
}

export function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}
