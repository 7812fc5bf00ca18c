import type { Instant } from '../../../model/clock.ts';
import { isStorable } from '../../../model/storable.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

/** A file as the type `File` answers it, whatever it belongs to. Addresses are made only when they are asked for. */
export interface FileNode {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  url(args: { readonly upload?: boolean | null }, context: GraphqlContext): string | null | Promise<string | null>;
  directUrl(args: unknown, context: GraphqlContext): string | Promise<string>;
  readonly sizeBytes: number;
  readonly mimetype: string;
  /** Base64, of the content; `null` for what the server does not hold. */
  readonly md5: string | null;
  /** As the manifest has it, for files of artifacts. */
  readonly digest: string | null;
  /** The place outside that a reference leads to. */
  readonly storagePath: string | null;
  readonly updatedAt: Instant | null;
}

/** Files of runs, files of artifacts, and manifests. */
export const file: GraphqlModule = {
  sdl: /* GraphQL */ `
    type File {
      id: ID!
      name: String!
      displayName: String
      "For downloads, or for uploads; carries its own authorisation and expires."
      url(upload: Boolean): String
      "For downloads; of the store itself where clients reach it, and then nothing passes through here."
      directUrl: String
      sizeBytes: Int64!
      mimetype: String
      md5: String
      "As the manifest of an artifact has it."
      digest: String
      "Where the bytes lie, if not here."
      storagePath: String
      updatedAt: DateTime
    }
    type FileConnection {
      totalCount: Int!
      edges: [FileEdge!]!
      pageInfo: PageInfo!
      uploadHeaders: [String!]!
    }
    type FileEdge {
      node: File
      cursor: String!
    }
  `,
  resolvers: { FileConnection: { uploadHeaders: () => [] } },
};

/** The names that a list of files is asked for, as the database can hold them; `undefined` for all. */
export function namesIn(names: readonly (string | null)[] | undefined): readonly string[] | undefined {
  if (names === undefined || names.length === 0) return undefined;
  return names.filter((name): name is string => name !== null && isStorable(name));
}
