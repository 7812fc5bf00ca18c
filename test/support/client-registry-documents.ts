/**
 * Operations of the client on registries, in the spelling of their variables, aliases and fragments (wandb protocol,
 * sections 6.9 and 7). Written from the protocol, not taken from the client.
 */

const PAGE = 'fragment Page on PageInfo { __typename endCursor hasNextPage }';
const REGISTRY = `fragment Reg on Project {
  __typename id internalId name entity { name organization { name } } description createdAt updatedAt access
  allowAllArtifactTypes: allowAllArtifactTypesInRegistry
  artifactTypes(includeAll: true) { edges { node { name } } }
}`;
const TEAM = `fragment OneTeam on Entity {
  __typename id name available photoUrl readOnly readOnlyAdmin isTeam entityType privateOnly storageBytes
  codeSavingEnabled defaultAccess isPaid
  members { __typename id role pending email username name photoUrl accountType apiKey }
}`;
const VERSION = `fragment Place on ArtifactCollectionMembership {
  __typename id versionIndex createdAt aliases @include(if: $includeAliases) { id alias }
  artifactCollection { __typename name project { id internalId name entity { name } } }
  artifact { id }
}`;

export const FETCH_REGISTRY = `query FetchRegistry($name: String, $entity: String) {
  entity(name: $entity) { project(name: $name) { ...Reg } } } ${REGISTRY}`;

export const UPSERT_REGISTRY = `mutation UpsertRegistry($input: UpsertModelInput!) {
  upsertModel(input: $input) { inserted project { ...Reg } } } ${REGISTRY}`;

export const FETCH_REGISTRIES = `query FetchRegistries($organization: String!, $filters: JSONString, $cursor: String, $perPage: Int, $order: String) {
  organization(name: $organization) { orgEntity { projects(filters: $filters, after: $cursor, first: $perPage, order: $order) {
    pageInfo { ...Page } edges { node { ...Reg } } } } } } ${REGISTRY} ${PAGE}`;

export const REGISTRY_COLLECTIONS = `query RegistryCollections($organization: String!, $registryFilter: JSONString,
  $collectionFilter: JSONString, $collectionTypes: [ArtifactCollectionType!] = [PORTFOLIO], $cursor: String, $perPage: Int, $order: String) {
  organization(name: $organization) { orgEntity { name artifactCollections(projectFilters: $registryFilter,
    filters: $collectionFilter, collectionTypes: $collectionTypes, after: $cursor, first: $perPage, order: $order) {
    totalCount pageInfo { ...Page } edges { node { __typename id name description createdAt updatedAt
      project { id internalId name entity { name } } type: defaultArtifactType { name }
      tags { edges { node { id name } } } } } } } } } ${PAGE}`;

export const REGISTRY_VERSIONS = `query RegistryVersions($organization: String!, $registryFilter: JSONString,
  $collectionFilter: JSONString, $artifactFilter: JSONString, $cursor: String, $perPage: Int, $order: String,
  $includeAliases: Boolean = false) {
  organization(name: $organization) { orgEntity { name artifactMemberships(projectFilters: $registryFilter,
    collectionFilters: $collectionFilter, filters: $artifactFilter, after: $cursor, first: $perPage, order: $order) {
    pageInfo { ...Page } edges { node { ...Place } } } } } } ${VERSION} ${PAGE}`;

export const REGISTRY_DOCUMENTS: Readonly<Record<string, string>> = {
  FetchRegistry: FETCH_REGISTRY,
  UpsertRegistry: UPSERT_REGISTRY,
  FetchRegistries: FETCH_REGISTRIES,
  RegistryCollections: REGISTRY_COLLECTIONS,
  RegistryVersions: REGISTRY_VERSIONS,
  RenameRegistry: `mutation RenameRegistry($input: RenameProjectInput!) {
    renameProject(input: $input) { inserted project { ...Reg } } } ${REGISTRY}`,
  DeleteRegistry: 'mutation DeleteRegistry($id: String!) { deleteModel(input: {id: $id}) { success } }',
  FetchAdvancedRegistryFeatures: `query FetchAdvancedRegistryFeatures($organization: String!) {
    organization(name: $organization) { advancedRegistryFeatures { advancedSearch } } }`,
  FetchOrgEntityFromOrganization: `query FetchOrgEntityFromOrganization($organization: String!) {
    organization(name: $organization) { orgEntity { name } } }`,
  RegistryUserMembers: `query RegistryUserMembers($project: String!, $entity: String!) {
    project(name: $project, entityName: $entity) { members { id name username email role { name } } } }`,
  RegistryTeamMembers: `query RegistryTeamMembers($project: String!, $entity: String!) {
    project(name: $project, entityName: $entity) { teamMembers { team { ...OneTeam } role { name } } } } ${TEAM}`,
  CreateRegistryMembers: `mutation CreateRegistryMembers($input: CreateProjectMembersInput!) {
    result: createProjectMembers(input: $input) { success } }`,
  DeleteRegistryMembers: `mutation DeleteRegistryMembers($input: DeleteProjectMembersInput!) {
    result: deleteProjectMembers(input: $input) { success } }`,
  UpdateUserRegistryRole: `mutation UpdateUserRegistryRole($input: UpdateProjectMemberInput!) {
    result: updateProjectMember(input: $input) { success } }`,
  UpdateTeamRegistryRole: `mutation UpdateTeamRegistryRole($input: UpdateProjectTeamMemberInput!) {
    result: updateProjectTeamMember(input: $input) { success } }`,
};
