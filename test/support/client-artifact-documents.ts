/**
 * Operations of the client that read artifacts, in the spelling of their variables, aliases and fragments (wandb
 * protocol, sections 5 and 9), and those that write them where old clients ask for more. Written from the protocol, not
 * taken from the client.
 */

const PAGE = 'fragment Page on PageInfo { __typename endCursor hasNextPage }';
const PROJECT = 'fragment Proj on Project { id internalId name entity { name } }';
const ALIAS = 'fragment Alias on ArtifactAlias { __typename id alias }';
const TAG = 'fragment Label on Tag { __typename id name }';
const TYPE = 'fragment Kind on ArtifactType { __typename id name description createdAt }';
const PLACE = 'fragment Info on ArtifactCollection { __typename name project { ...Proj } }';
const ARTIFACT = `fragment Version on Artifact { __typename id
  artifactSequence { ...Source } versionIndex artifactType { name } description metadata ttlDurationSeconds
  ttlIsInherited tags { ...Label } historyStep state size digest digestAlgorithm @include(if: true) commitHash
  fileCount createdAt updatedAt
  aliases @include(if: $includeAliases) { artifactCollection { ...Info } ...Alias } }
fragment Source on ArtifactSequence { __typename name project { ...Proj } } ${PROJECT} ${ALIAS} ${TAG} ${PLACE}`;
const MEMBERSHIP = `fragment Membership on ArtifactCollectionMembership { __typename id versionIndex createdAt
  aliases { ...Alias } artifactCollection { ...Info } artifact { ...Version } } ${ARTIFACT}`;
const COLLECTION = `fragment Coll on ArtifactCollection { __typename id name description createdAt updatedAt
  project { ...Proj } type: defaultArtifactType { name } tags { edges { node { ...Label } } } } ${PROJECT} ${TAG}`;
const FILE = `fragment OneFile on File { __typename id name: displayName url sizeBytes storagePath mimetype updatedAt
  digest md5 directUrl }`;
const RUN = `fragment RunInfo on Run { __typename id name project { ...Proj } } ${PROJECT}`;
/** Of clients up to 0.19. */
const OLD_ARTIFACT = `fragment OldVersion on Artifact { id artifactSequence { project { entityName name } name }
  versionIndex artifactType { name } description metadata ttlDurationSeconds @include(if: true)
  ttlIsInherited @include(if: true) aliases @include(if: true) {
    artifactCollection { __typename project { entityName name } name } alias }
  tags @include(if: true) { name } historyStep @include(if: true) state currentManifest { file { directUrl } }
  commitHash fileCount createdAt updatedAt }`;

const lineage = (name: string, field: string): string =>
  `query ${name}($entity: String!, $project: String!, $run: String!, $cursor: String, $perPage: Int, $includeAliases: Boolean = true) {
    project(entityName: $entity, name: $project) { run(name: $run) {
      artifacts: ${field}(after: $cursor, first: $perPage) { totalCount pageInfo { ...Page } edges { node { ...Version } } } } } }
    ${PAGE} ${ARTIFACT}`;

export const ARTIFACT_DOCUMENTS: Readonly<Record<string, string>> = {
  ArtifactType: `query ArtifactType($entity: String, $project: String, $name: String!) {
    project(name: $project, entityName: $entity) { artifact(name: $name) { artifactType { name } } } }`,
  ArtifactMembershipByName: `query ArtifactMembershipByName($entity: String!, $project: String!, $name: String!, $includeAliases: Boolean = false) {
    project(name: $project, entityName: $entity) { artifactCollectionMembership(name: $name) { ...Membership } } } ${MEMBERSHIP}`,
  ArtifactByID: `query ArtifactByID($id: ID!, $includeAliases: Boolean = true) { artifact(id: $id) { ...Version } } ${ARTIFACT}`,
  FetchArtifactManifest: `query FetchArtifactManifest($id: ID!) { artifact(id: $id) { currentManifest { ...M } } }
    fragment M on ArtifactManifest { file { directUrl } }`,
  GetArtifactMembershipFileUrls: `query GetArtifactMembershipFileUrls($entity: String!, $project: String!, $collection: String!, $alias: String!, $cursor: String, $perPage: Int) {
    project(name: $project, entityName: $entity) { artifactCollection(name: $collection) { __typename
      artifactMembership(aliasName: $alias) { files(after: $cursor, first: $perPage) {
        pageInfo { ...Page } edges { node { __typename name directUrl } } } } } } } ${PAGE}`,
  ArtifactMembershipFiles: `query ArtifactMembershipFiles($entity: String!, $project: String!, $collection: String!, $alias: String!, $fileNames: [String!], $cursor: String, $perPage: Int = 50) {
    project(name: $project, entityName: $entity) { artifactCollection(name: $collection) { __typename
      artifactMembership(aliasName: $alias) { files(names: $fileNames, after: $cursor, first: $perPage) {
        totalCount @include(if: true) pageInfo { ...Page } edges { node { ...OneFile } } } } } } } ${PAGE} ${FILE}`,
  FetchLinkedArtifacts: `query FetchLinkedArtifacts($artifactID: ID!) { artifact(id: $artifactID) { artifactMemberships { edges { node {
    versionIndex createdAt aliases { ...Alias } artifactCollection { __typename ...Info } } } } } } ${ALIAS} ${PLACE} ${PROJECT}`,
  ArtifactManifest: `query ArtifactManifest($artifact_id: ID!) { artifact(id: $artifact_id) { currentManifest { file { directUrl } } } }`,
  ArtifactFileURLs: `query ArtifactFileURLs($id: ID!, $cursor: String, $perPage: Int) { artifact(id: $id) {
    files(after: $cursor, first: $perPage) { pageInfo { hasNextPage endCursor } edges { node { name directUrl } } } } }`,
  ArtifactFileURLsByManifestEntries: `query ArtifactFileURLsByManifestEntries($id: ID!, $entries: [ArtifactManifestEntryInput!], $storageLayout: String!, $manifestVersion: String!, $storageRegion: String) {
    artifact(id: $id) { filesByManifestEntries(storageLayout: $storageLayout, manifestVersion: $manifestVersion,
      entries: $entries, storageRegion: $storageRegion) { pageInfo { hasNextPage endCursor } edges { node { name directUrl } } } } }`,
  FetchArtifactDigestAlgorithm: `query FetchArtifactDigestAlgorithm($entityName: String!, $projectName: String!, $artifactTypeName: String!, $artifactCollectionName: String!) {
    project(name: $projectName, entityName: $entityName) { artifactType(name: $artifactTypeName) {
      artifactCollection(name: $artifactCollectionName) { __typename ... on ArtifactSequence { digestAlgorithm } } } } }`,
  ArtifactUsedBy: `query ArtifactUsedBy($id: ID!) { artifact(id: $id) { usedBy { edges { node { ...RunInfo } } } } } ${RUN}`,
  ArtifactCreatedBy: `query ArtifactCreatedBy($id: ID!) { artifact(id: $id) { createdBy { __typename ... on Run { ...RunInfo } } } } ${RUN}`,
  RunOutputArtifacts: lineage('RunOutputArtifacts', 'outputArtifacts'),
  RunInputArtifacts: lineage('RunInputArtifacts', 'inputArtifacts'),
  ProjectArtifactTypes: `query ProjectArtifactTypes($entity: String!, $project: String!, $cursor: String, $perPage: Int) {
    project(name: $project, entityName: $entity) { artifactTypes(after: $cursor, first: $perPage) {
      edges { node { ...Kind } } pageInfo { ...Page } } } } ${TYPE} ${PAGE}`,
  ProjectArtifactType: `query ProjectArtifactType($entity: String!, $project: String!, $type: String!) {
    project(entityName: $entity, name: $project) { artifactType(name: $type) { ...Kind } } } ${TYPE}`,
  ArtifactTypeArtifactCollections: `query ArtifactTypeArtifactCollections($entity: String!, $project: String!, $type: String!, $cursor: String, $perPage: Int, $filters: JSONString, $order: String) {
    project(entityName: $entity, name: $project) { artifactType(name: $type) {
      artifactCollections(after: $cursor, first: $perPage, filters: $filters, order: $order) {
        totalCount pageInfo { ...Page } edges { node { __typename ...Coll } } } } } } ${PAGE} ${COLLECTION}`,
  ProjectArtifactCollections: `query ProjectArtifactCollections($entity: String!, $project: String!, $cursor: String, $perPage: Int, $filters: JSONString, $order: String) {
    project(entityName: $entity, name: $project) { artifactCollections(after: $cursor, first: $perPage, filters: $filters, order: $order) {
      totalCount @include(if: true) pageInfo { ...Page } edges { node { __typename ...Coll } } } } } ${PAGE} ${COLLECTION}`,
  ProjectArtifactCollection: `query ProjectArtifactCollection($entity: String!, $project: String!, $type: String!, $name: String!) {
    project(entityName: $entity, name: $project) { artifactType(name: $type) { artifactCollection(name: $name) { __typename ...Coll } } } } ${COLLECTION}`,
  ArtifactCollectionAliases: `query ArtifactCollectionAliases($id: ID!, $cursor: String, $perPage: Int = 1000) {
    artifactCollection(id: $id) { __typename aliases(after: $cursor, first: $perPage) {
      pageInfo { ...Page } edges { node { ...Alias } } } } } ${PAGE} ${ALIAS}`,
  ProjectArtifacts: `query ProjectArtifacts($entity: String!, $project: String!, $type: String!, $collection: String!, $cursor: String, $perPage: Int = 50, $order: String, $filters: JSONString, $includeAliases: Boolean = true) {
    project(entityName: $entity, name: $project) { artifactType(name: $type) { artifactCollection(name: $collection) { __typename
      artifacts(after: $cursor, first: $perPage, order: $order, filters: $filters) {
        totalCount pageInfo { ...Page } edges { version node { ...Version } } } } } } } ${PAGE} ${ARTIFACT}`,
  ArtifactByName: `query ArtifactByName($entity: String!, $project: String!, $name: String!, $enableTracking: Boolean, $includeAliases: Boolean = true) {
    project(name: $project, entityName: $entity) { artifact(name: $name, enableTracking: $enableTracking) { ...Version } } } ${ARTIFACT}`,
  GetArtifactFiles: `query GetArtifactFiles($entity: String!, $project: String!, $type: String!, $name: String!, $fileNames: [String!], $cursor: String, $perPage: Int = 50) {
    project(name: $project, entityName: $entity) { artifactType(name: $type) { artifact(name: $name) {
      files(names: $fileNames, after: $cursor, first: $perPage) { totalCount @include(if: true) pageInfo { ...Page } edges { node { ...OneFile } } } } } } } ${PAGE} ${FILE}`,
  'ProjectArtifactCollection of 0.19': `query ProjectArtifactCollection($entityName: String!, $projectName: String!, $artifactTypeName: String!, $artifactCollectionName: String!, $cursor: String, $perPage: Int = 1000) {
    project(name: $projectName, entityName: $entityName) { artifactType(name: $artifactTypeName) {
      artifactCollection: artifactCollection(name: $artifactCollectionName) { __typename id name description createdAt
        tags { edges { node { id name } } }
        aliases(after: $cursor, first: $perPage) { edges { node { alias } cursor } pageInfo { endCursor hasNextPage } } }
      artifactSequence(name: $artifactCollectionName) { __typename } } } }`,
  'ProjectArtifacts of 0.19': `query ProjectArtifacts($project: String!, $entity: String!, $type: String!, $collection: String!, $cursor: String, $perPage: Int = 50, $order: String, $filters: JSONString) {
    project(name: $project, entityName: $entity) { artifactType(name: $type) { artifactCollection: artifactCollection(name: $collection) {
      __typename name artifacts(filters: $filters, after: $cursor, first: $perPage, order: $order) { ...Versions } } } } }
    fragment Versions on VersionedArtifactConnection { totalCount edges { node { ...OldVersion } version cursor }
      pageInfo { endCursor hasNextPage } } ${OLD_ARTIFACT}`,
  'ProjectArtifactCollections of 0.19': `query ProjectArtifactCollections($entityName: String!, $projectName: String!, $artifactTypeName: String!, $cursor: String) {
    project(name: $projectName, entityName: $entityName) { artifactType(name: $artifactTypeName) {
      artifactCollections: artifactCollections(after: $cursor) { ...Collections } } } }
    fragment Collections on ArtifactCollectionConnection { pageInfo { endCursor hasNextPage } totalCount
      edges { node { __typename id name description createdAt } cursor } }`,
  'RunInputArtifacts of 0.22': `query RunInputArtifacts($entity: String!, $project: String!, $runName: String!, $cursor: String, $perPage: Int) {
    project(name: $project, entityName: $entity) { run(name: $runName) {
      artifacts: inputArtifacts(after: $cursor, first: $perPage) { ...Used } } } }
    fragment Used on InputArtifactConnection { totalCount pageInfo { ...Page } edges { node { id } } } ${PAGE}`,
  'UnlinkArtifact of 0.19': `mutation UnlinkArtifact($artifactID: ID!, $artifactPortfolioID: ID!) {
    unlinkArtifact(input: { artifactID: $artifactID, artifactPortfolioID: $artifactPortfolioID }) {
      artifactID success clientMutationId } }`,
  'CreateArtifactCollectionTagAssignments of 0.19': `mutation CreateArtifactCollectionTagAssignments($entityName: String!, $projectName: String!, $artifactCollectionName: String!, $tags: [TagInput!]!) {
    createArtifactCollectionTagAssignments(input: { entityName: $entityName, projectName: $projectName,
      artifactCollectionName: $artifactCollectionName, tags: $tags }) { tags { id name tagCategoryName } } }`,
  'CreateArtifactFiles of 0.29': `mutation CreateArtifactFiles($storageLayout: ArtifactStorageLayout!, $artifactFiles: [CreateArtifactFileSpecInput!]!) {
    createArtifactFiles(input: { artifactFiles: $artifactFiles, storageLayout: $storageLayout }) { files { edges { node {
      id name displayName uploadUrl uploadHeaders storagePath
      uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } } artifact { id } } } } } }`,
  'CreateArtifactManifest of 0.29': `mutation CreateArtifactManifest($name: String!, $digest: String!, $artifactID: ID!, $baseArtifactID: ID, $entityName: String!, $projectName: String!, $runName: String!, $includeUpload: Boolean!, $type: ArtifactManifestType = FULL) {
    createArtifactManifest(input: { name: $name, digest: $digest, artifactID: $artifactID, baseArtifactID: $baseArtifactID,
      entityName: $entityName, projectName: $projectName, runName: $runName, type: $type }) { artifactManifest { id file {
      id name displayName uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } } } }`,
  'UpdateArtifactManifest of 0.29': `mutation UpdateArtifactManifest($artifactManifestID: ID!, $digest: String, $baseArtifactID: ID, $includeUpload: Boolean!) {
    updateArtifactManifest(input: { artifactManifestID: $artifactManifestID, digest: $digest, baseArtifactID: $baseArtifactID }) {
      artifactManifest { id file { id name displayName uploadUrl @include(if: $includeUpload)
      uploadHeaders @include(if: $includeUpload) } } } }`,
  ArtifactOfType: `query ArtifactOfType($entityName: String!, $projectName: String!, $artifactTypeName: String!) {
    project(name: $projectName, entityName: $entityName) { artifactType(name: $artifactTypeName) { artifactCollections { edges { node {
      artifacts { edges { node { id state aliases { alias } artifactSequence { name } } } } } } } } } }`,
};
