import type { Graphql } from './graphql.ts';

/** Where files of a run are put. */
export interface UploadPlace {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** Uploads files of a run as its client does. @param files contents by name */
export async function uploadRunFiles(
  graphql: Graphql,
  { entity, project, run }: UploadPlace,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  const names = Object.keys(files);
  const { createRunFiles } = await graphql<{ createRunFiles: { files: { name: string; uploadUrl: string }[] } }>(
    `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
      createRunFiles(input: { entityName: $entity, projectName: $project, runName: $run, files: $files }) {
        files { name uploadUrl } } }`,
    { entity, project, run, files: names },
  );
  for (const { name, uploadUrl } of createRunFiles.files) {
    const answer = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(Buffer.from(files[name] ?? '')) });
    if (!answer.ok) throw new Error(`the upload of ${name} answered ${answer.status}: ${await answer.text()}`);
  }
}
