import { invalid, notFound } from '../../../model/error.ts';
import type { ArtifactId, ManifestId, TenantId } from '../../../model/ids.ts';
import { authorOf } from '../../../model/viewer.ts';
import { largeNodeId, parseLargeNodeId } from '../../../model/wire-id.ts';
import { type ArtifactManifest, type ManifestType, manifestById } from '../../../store/artifact-manifests.ts';
import { type Artifact, artifactById } from '../../../store/artifacts.ts';
import { commitArtifact } from '../../../tracking/commit-artifact.ts';
import { abortUpload, completeUpload } from '../../../tracking/complete-upload.ts';
import { createArtifact } from '../../../tracking/create-artifact.ts';
import { createArtifactFiles, type PlacedFile } from '../../../tracking/create-artifact-files.ts';
import { createManifest, updateManifest } from '../../../tracking/create-manifest.ts';
import type { PreparedUpload } from '../../../tracking/prepare-uploads.ts';
import { useArtifact } from '../../../tracking/use-artifact.ts';
import { fileOfStoragePath, MANIFEST_NAME, storagePath } from '../files/artifact-urls.ts';
import { artifactOfClientId } from './artifact-access.ts';
import { artifactKeyOf } from './artifact-ids.ts';
import { requireArtifact, requireSeenArtifact } from './artifact-of-id.ts';
import { ARTIFACT_UPLOAD_SDL } from './artifact-upload-sdl.ts';
import type { GraphqlContext } from './context.ts';
import { type CreateArtifactInput, inputOf, loggingOf } from './create-artifact-input.ts';
import type { GraphqlModule } from './module.ts';
import { type NamedRun, requireNamedRun } from './named-run.ts';

interface ManifestInput {
  readonly artifactID: string;
  readonly baseArtifactID?: string;
  readonly digest: string;
  readonly type?: 'FULL' | 'INCREMENTAL' | 'PATCH';
}

interface ManifestUpdate {
  readonly artifactManifestID: string;
  readonly digest?: string;
  readonly baseArtifactID?: string;
}

interface FileSpec {
  readonly artifactID: string;
  readonly name: string;
  readonly md5?: string;
  readonly digest?: string;
  readonly uploadPartsInput?: readonly PartSpec[];
}

interface PartSpec {
  readonly partNumber: number;
  readonly hexMD5: string;
}

interface CompleteInput {
  readonly completeMultipartAction: 'Complete' | 'Abort';
  readonly artifactID: string;
  readonly storagePath: string;
  readonly uploadID: string;
}

interface UseInput extends NamedRun {
  readonly artifactID: string;
  readonly usedAs?: string;
}

/** Files of one request; clients send up to 2,000. */
const MOST_FILES = 10_000;

/** Uploading a version, and saying that a run uses one (wandb protocol, 5.2 to 5.9). */
export const artifactUploadMutations: GraphqlModule = {
  sdl: ARTIFACT_UPLOAD_SDL,
  resolvers: {
    Query: {
      clientIDMapping: async (_source, { clientID }: { clientID: string }, context) => {
        const artifact = await artifactOfClientId(context, clientID);
        return artifact === undefined
          ? null
          : { serverID: largeNodeId('Artifact', artifact.tenantId, artifact.artifactId) };
      },
    },
    Mutation: {
      createArtifact: async (_source, { input }: { input: CreateArtifactInput }, context) => ({
        artifact: await createArtifact(
          context.tracking,
          context.files,
          await loggingOf(context, input),
          inputOf(input),
        ),
      }),
      createArtifactManifest: async (_source, { input }: { input: ManifestInput }, context) => {
        const artifact = await requireArtifact(context, input.artifactID, 'log');
        const type = (input.type ?? 'FULL').toLowerCase() as ManifestType;
        const baseArtifactId = (await baseOf(context, artifact.tenantId, input.baseArtifactID)) ?? null;
        return {
          artifactManifest: await createManifest(context.files, { ...artifact, ...input, type, baseArtifactId }),
        };
      },
      updateArtifactManifest: async (_source, { input }: { input: ManifestUpdate }, context) => ({
        artifactManifest: await changeManifest(input, context),
      }),
      createArtifactFiles: async (_source, { input }: { input: { artifactFiles: readonly FileSpec[] } }, context) => ({
        files: { edges: (await placeFiles(input.artifactFiles, context)).map((node) => ({ node })) },
      }),
      completeMultipartUploadArtifact: async (_source, { input }: { input: CompleteInput }, context) => ({
        digest: await endParts(input, context),
      }),
      commitArtifact: async (_source, { input }: { input: { artifactID: string } }, context) => {
        const artifact = await requireArtifact(context, input.artifactID, 'log');
        return {
          artifact: await commitArtifact(context.tracking, context.files, artifact, authorOf(context.viewer).username),
        };
      },
      useArtifact: async (_source, { input }: { input: UseInput }, context) => {
        const run = await requireNamedRun(context, input);
        const artifact = await requireSeenArtifact(context, input.artifactID);
        await useArtifact(context.ground, run, artifact, input.usedAs ?? null);
        return { artifact };
      },
    },
    UploadedManifest: { id: manifestNodeId, file: (manifest: ArtifactManifest) => manifest },
    ManifestUpload: {
      id: manifestNodeId,
      name: () => MANIFEST_NAME,
      displayName: () => MANIFEST_NAME,
      uploadUrl: (manifest: ArtifactManifest, _args, { artifactUrls, baseUrl }) =>
        manifest.digest === '' ? null : artifactUrls.uploadManifest(baseUrl, manifest),
      uploadHeaders: ({ digest }: ArtifactManifest) => [`Content-MD5:${digest}`, 'Content-Type:application/json'],
    },
    ArtifactUpload: {
      id: storagePath,
      displayName: ({ name }: PlacedFile) => name,
      storagePath,
      uploadUrl: (file: PlacedFile, _args, { artifactUrls, baseUrl }) =>
        file.stored ? null : artifactUrls.uploadFile(baseUrl, file),
      uploadHeaders: ({ digest, digestAlgorithm }: PlacedFile) =>
        digestAlgorithm === 'MANIFEST_MD5' ? [`Content-MD5:${digest}`] : [],
      uploadMultipartUrls: ({ upload }: PlacedFile) => (upload?.inParts ? upload : null),
      artifact: ({ tenantId, birthArtifactId: artifactId }: PlacedFile, _args, { ground, once }) =>
        once(`artifact:${tenantId}/${artifactId}`, () => artifactById(ground.database, { tenantId, artifactId })),
    },
    UploadMultipartUrls: {
      uploadID: ({ blob }: PreparedUpload) => blob,
      uploadUrlParts: (upload: PreparedUpload, _args, { artifactUrls, baseUrl }) =>
        (upload.inParts?.md5s ?? []).map((_md5, index) => ({
          partNumber: index + 1,
          uploadUrl: () => artifactUrls.uploadPart(baseUrl, upload, index + 1),
          received: upload.received.has(index + 1),
        })),
    },
  },
};

function manifestNodeId({ tenantId, manifestId }: ArtifactManifest): string {
  return largeNodeId('ArtifactManifest', tenantId, manifestId);
}

/**
 * A base is of the same entity, or there is none: clients name one also where they add to nothing.
 *
 * @throws TriplineError not_found when it is hidden: what is added to it says all that it consists of
 */
async function baseOf(
  context: GraphqlContext,
  tenantId: TenantId,
  id: string | undefined,
): Promise<ArtifactId | undefined> {
  if (id === undefined || artifactKeyOf(id)?.tenantId !== tenantId) return undefined;
  return (await requireSeenArtifact(context, id)).artifactId;
}

async function changeManifest(input: ManifestUpdate, context: GraphqlContext): Promise<ArtifactManifest> {
  const parsed = parseLargeNodeId<TenantId, ManifestId>('ArtifactManifest', input.artifactManifestID);
  const key = parsed && { tenantId: parsed.tenantId, manifestId: parsed.id };
  const manifest = key && (await manifestById(context.ground.database, key));
  if (manifest === undefined) throw notFound('manifest not found');
  await requireArtifact(context, largeNodeId('Artifact', manifest.tenantId, manifest.artifactId), 'log');
  const { digest, baseArtifactID } = input;
  return updateManifest(context.files, {
    ...manifest,
    digest,
    baseArtifactId: await baseOf(context, manifest.tenantId, baseArtifactID),
  });
}

/** Each artifact of the request by itself; the answers in the order of the request. */
async function placeFiles(specs: readonly FileSpec[], context: GraphqlContext): Promise<(PlacedFile | undefined)[]> {
  if (specs.length > MOST_FILES)
    throw invalid(`${specs.length} files in one request; at most ${MOST_FILES} are allowed`);
  const placed = new Map<FileSpec, PlacedFile | undefined>();
  for (const id of new Set(specs.map(({ artifactID }) => artifactID))) {
    const artifact: Artifact = await requireArtifact(context, id, 'log');
    const own = specs.filter(({ artifactID }) => artifactID === id);
    const wanted = own.map(({ name, md5 = '', digest = md5, uploadPartsInput = [] }) => ({
      ...{ name, digest },
      parts: partsIn(name, uploadPartsInput),
    }));
    const files = await createArtifactFiles(context.files, artifact, wanted);
    for (const [index, spec] of own.entries()) placed.set(spec, files[index]);
  }
  return specs.map((spec) => placed.get(spec));
}

const HEX_MD5 = /^[0-9a-f]{32}$/i;

/** @returns base64 MD5 of each part @throws TriplineError invalid when they are not numbered from 1 on */
function partsIn(name: string, parts: readonly PartSpec[]): string[] {
  return parts.map(({ partNumber, hexMD5 }, index) => {
    if (Number(partNumber) === index + 1 && HEX_MD5.test(hexMD5)) return Buffer.from(hexMD5, 'hex').toString('base64');
    throw invalid(`part ${index + 1} of file '${name.slice(0, 100)}' needs its number and its MD5 in hex`);
  });
}

/** @returns the digest of the file @throws TriplineError not_found, invalid */
async function endParts(input: CompleteInput, context: GraphqlContext): Promise<string | null> {
  const artifact = await requireArtifact(context, input.artifactID, 'log');
  const key = fileOfStoragePath(input.storagePath);
  if (key === undefined || key.tenantId !== artifact.tenantId || key.birthArtifactId !== artifact.artifactId) {
    throw notFound('the artifact has no file of this storagePath');
  }
  if (input.completeMultipartAction === 'Abort') {
    await abortUpload(context.files, key, input.uploadID);
    return null;
  }
  await completeUpload(context.files, key, input.uploadID);
  return key.digest;
}
