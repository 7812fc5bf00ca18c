import { keyedNodeId } from '../../../model/wire-id.ts';
import {
  type ArtifactFile,
  type ArtifactFileSet,
  countArtifactFiles,
  listArtifactFiles,
} from '../../../store/artifact-file-reads.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import type { Membership } from '../../../store/memberships.ts';
import { mediaType } from '../../content-type.ts';
import { storagePath } from '../files/artifact-urls.ts';
import { artifactAt, artifactLoaders } from './artifact-loaders.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { type FileNode, namesIn } from './file.ts';
import type { GraphqlModule } from './module.ts';
import { straightAddress } from './straight-addresses.ts';

interface FilesArgs {
  readonly names?: readonly (string | null)[];
  readonly after?: string;
  readonly first?: number;
}

interface EntriesArgs extends Omit<FilesArgs, 'names'> {
  readonly entries?: readonly { readonly name: string }[];
}

/** The client asks for as many addresses at once when it downloads (wandb protocol, 5.10). */
const LARGEST_FILE_PAGE = 5000;

/** Files of versions, in the order of their paths; no names mean all. */
export const artifactFiles: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Artifact {
      files(names: [String], after: String, first: Int): FileConnection
      "Those that a client knows from the manifest."
      filesByManifestEntries(
        entries: [ArtifactManifestEntryInput!]
        storageLayout: String
        manifestVersion: String
        storageRegion: String
        after: String
        first: Int
      ): FileConnection
    }
    extend type ArtifactCollectionMembership {
      files(names: [String], after: String, first: Int): FileConnection
    }
    input ArtifactManifestEntryInput {
      name: String!
      digest: String
      birthArtifactID: ID
      size: Int64
    }
  `,
  resolvers: {
    Artifact: {
      files: (artifact: Artifact, args: FilesArgs, context) => pageOf(artifact, namesIn(args.names), args, context),
      filesByManifestEntries: (artifact: Artifact, args: EntriesArgs, context) => {
        const names = (args.entries ?? []).map(({ name }) => name);
        return pageOf(artifact, namesIn(names) ?? [], { first: names.length, ...args }, context);
      },
    },
    ArtifactCollectionMembership: {
      files: async (place: Membership, args: FilesArgs, context) => {
        const artifact = await (await artifactLoaders(context)).artifact.load(artifactAt(place));
        return artifact && pageOf(artifact, namesIn(args.names), args, context);
      },
    },
  },
};

async function pageOf(
  artifact: Artifact,
  names: ArtifactFileSet['names'],
  args: Omit<FilesArgs, 'names'>,
  { ground: { database } }: GraphqlContext,
) {
  const first = pageSize(args.first, LARGEST_FILE_PAGE);
  const chosen = { tenantId: artifact.tenantId, artifactId: artifact.artifactId, names };
  const [after] = decodeCursor(args.after, 1) ?? [];
  const rows = await listArtifactFiles(database, { ...chosen, after, limit: first + 1 });
  const nodes = rows.map((file) => nodeOf(artifact, file));
  return {
    ...connection(nodes, { first, cursorOf: ({ name }) => encodeCursor(name) }),
    totalCount: () => (names === undefined ? artifact.fileCount : countArtifactFiles(database, chosen)),
  };
}

function nodeOf(artifact: Artifact, file: ArtifactFile): FileNode {
  const { tenantId, collectionId } = artifact;
  const { digest, birthArtifactId } = file;
  const blob = { tenantId, collectionId, digest, birthArtifactId: birthArtifactId ?? artifact.artifactId };
  const named = { ...blob, name: file.path };
  const url = (_args: unknown, { artifactUrls, baseUrl }: GraphqlContext) =>
    file.ref ?? artifactUrls.downloadFile(baseUrl, named);
  return {
    id: keyedNodeId('ArtifactFile', file.tenantId, file.artifactId, file.path),
    name: file.path,
    displayName: file.path,
    url,
    directUrl: async (args, context) =>
      (file.ref === null && (await straightAddress(context, named))) || url(args, context),
    sizeBytes: file.size,
    mimetype: mediaType(file.path),
    md5: file.ref === null && artifact.digestAlgorithm === 'MANIFEST_MD5' ? file.digest : null,
    digest: file.digest,
    storagePath: file.ref ?? storagePath(blob),
    updatedAt: artifact.committedAt,
  };
}
