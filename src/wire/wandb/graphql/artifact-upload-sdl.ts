/** The mutations by which a client uploads a version (wandb protocol, 5.4 to 5.9). */
export const ARTIFACT_UPLOAD_SDL = /* GraphQL */ `
  extend type Query {
    "The artifact that a client gave a provisional id."
    clientIDMapping(clientID: ID!): ClientIDMapping
  }
  extend type Mutation {
    createArtifact(input: CreateArtifactInput!): CreateArtifactPayload
    createArtifactManifest(input: CreateArtifactManifestInput!): CreateArtifactManifestPayload
    updateArtifactManifest(input: UpdateArtifactManifestInput!): UpdateArtifactManifestPayload
    createArtifactFiles(input: CreateArtifactFilesInput!): CreateArtifactFilesPayload
    completeMultipartUploadArtifact(
      input: CompleteMultipartUploadArtifactInput!
    ): CompleteMultipartUploadArtifactPayload
    commitArtifact(input: CommitArtifactInput!): CommitArtifactPayload
    useArtifact(input: UseArtifactInput!): UseArtifactPayload
  }
  type ClientIDMapping {
    serverID: ID!
  }

  input ArtifactAliasInput {
    artifactCollectionName: String!
    alias: String!
  }
  input TagInput {
    tagName: String!
    tagCategoryName: String
    attributes: JSONString
  }
  input CreateArtifactInput {
    entityName: String!
    projectName: String!
    runName: String
    artifactTypeName: String!
    artifactCollectionName: String
    "The first counts, when the name is not given singly."
    artifactCollectionNames: [String!]
    digest: String!
    digestAlgorithm: ArtifactDigestAlgorithm!
    description: String
    labels: JSONString
    metadata: JSONString
    aliases: [ArtifactAliasInput!]
    tags: [TagInput!]
    "Seconds; -1 as the collection says, -2 for ever."
    ttlDurationSeconds: Int64
    historyStep: Int64
    enableDigestDeduplication: Boolean
    distributedID: String
    clientID: ID
    sequenceClientID: ID
    storageRegion: String
    clientMutationId: String
  }
  type CreateArtifactPayload {
    artifact: Artifact!
    clientMutationId: String
  }

  enum ArtifactManifestType {
    FULL
    INCREMENTAL
    PATCH
  }
  input CreateArtifactManifestInput {
    artifactID: ID!
    baseArtifactID: ID
    name: String!
    "Base64 MD5 of the file; empty as long as the client does not know it."
    digest: String!
    entityName: String!
    projectName: String!
    runName: String!
    type: ArtifactManifestType
    clientMutationId: String
  }
  type CreateArtifactManifestPayload {
    artifactManifest: UploadedManifest!
    clientMutationId: String
  }
  input UpdateArtifactManifestInput {
    artifactManifestID: ID!
    digest: String
    baseArtifactID: ID
    clientMutationId: String
  }
  type UpdateArtifactManifestPayload {
    artifactManifest: UploadedManifest!
    clientMutationId: String
  }
  type UploadedManifest {
    id: ID!
    file: ManifestUpload!
  }
  type ManifestUpload {
    id: ID!
    name: String!
    displayName: String!
    "Carries its own authorisation and expires."
    uploadUrl: String
    uploadHeaders: [String!]!
  }

  enum ArtifactStorageLayout {
    V1
    V2
  }
  input UploadPartsInput {
    partNumber: Int64!
    hexMD5: String!
  }
  input CreateArtifactFileSpecInput {
    artifactID: ID!
    artifactManifestID: ID
    name: String!
    "Base64. Clients since 0.30 send the same as digest, whatever its algorithm."
    md5: String
    digest: String
    mimetype: String
    uploadPartsInput: [UploadPartsInput!]
  }
  input CreateArtifactFilesInput {
    artifactFiles: [CreateArtifactFileSpecInput!]!
    storageLayout: ArtifactStorageLayout
    digestAlgorithm: ArtifactDigestAlgorithm
    cloudRegionID: ID
    clientMutationId: String
  }
  type CreateArtifactFilesPayload {
    "One for each file, in the same order."
    files: ArtifactUploadConnection!
    clientMutationId: String
  }
  type ArtifactUploadConnection {
    edges: [ArtifactUploadEdge!]!
  }
  type ArtifactUploadEdge {
    node: ArtifactUpload!
  }
  type ArtifactUpload {
    id: ID!
    name: String!
    displayName: String!
    storagePath: String
    "Null when these bytes are stored already; carries its own authorisation and expires."
    uploadUrl: String
    uploadHeaders: [String!]!
    "Offered when the file was announced in parts."
    uploadMultipartUrls: UploadMultipartUrls
    "Whose upload stores the bytes."
    artifact: Artifact!
  }
  type UploadMultipartUrls {
    uploadID: String!
    uploadUrlParts: [UploadUrlPart!]!
  }
  type UploadUrlPart {
    partNumber: Int64!
    "Carries its own authorisation and expires."
    uploadUrl: String!
    "It is there already, from an upload that was broken off."
    received: Boolean!
  }
  enum CompleteMultipartAction {
    Complete
    Abort
  }
  input CompleteMultipartUploadArtifactInput {
    completeMultipartAction: CompleteMultipartAction!
    completedParts: [UploadPartsInput!]!
    artifactID: ID!
    storagePath: String!
    uploadID: String!
    clientMutationId: String
  }
  type CompleteMultipartUploadArtifactPayload {
    digest: String
    clientMutationId: String
  }

  input CommitArtifactInput {
    artifactID: ID!
    clientMutationId: String
  }
  type CommitArtifactPayload {
    artifact: Artifact!
    clientMutationId: String
  }
  input UseArtifactInput {
    entityName: String!
    projectName: String!
    runName: String!
    artifactID: ID!
    usedAs: String
    "Where it was addressed, which may be a link."
    artifactEntityName: String
    artifactProjectName: String
    clientMutationId: String
  }
  type UseArtifactPayload {
    artifact: Artifact
    clientMutationId: String
  }
`;
