/**
 * Operations of the client, in the spelling of their variables, aliases and fragments (wandb protocol, sections
 * 1, 6, 8 and 9): what the schema must accept. Written from the protocol, not taken from the client.
 */

const PAGE = 'fragment Page on PageInfo { __typename endCursor hasNextPage }';
const KEY = 'fragment Key on ApiKey { id name description }';
const PERSON = `fragment Person on User {
  id name username email admin flags entity deletedAt
  apiKeys { edges { node { ...Key } } }
  teams { edges { node { name } } }
} ${KEY}`;
const PROJECT = `fragment Proj on Project { __typename id name entityName createdAt isBenchmark user { ...Person } } ${PERSON}`;
const WEBHOOK = 'fragment Hook on GenericWebhookIntegration { __typename id name urlEndpoint }';
const SLACK = 'fragment Channel on SlackIntegration { __typename id teamName channelName }';
const TRIGGER = `fragment Automation on Trigger {
  __typename id createdAt updatedAt name description enabled
  scope { ...OfProject ...OfPortfolio ...OfSequence ...OfEntity }
  event: triggeringCondition { ...Condition }
  action: triggeredAction { ...Job ...Notification ...Webhook ...Nothing }
}
fragment OfProject on Project { __typename id name }
fragment OfPortfolio on ArtifactPortfolio { __typename id name }
fragment OfSequence on ArtifactSequence { __typename id name }
fragment OfEntity on Entity { __typename id name entityType }
fragment Condition on FilterEventTriggeringCondition { __typename eventType filter }
fragment Job on QueueJobTriggeredAction { __typename queue { id name } template }
fragment Notification on NotificationTriggeredAction {
  __typename integration { __typename ...Channel } title message severity
}
fragment Webhook on GenericWebhookTriggeredAction { __typename integration { __typename ...Hook } requestPayload }
fragment Nothing on NoOpTriggeredAction { __typename noOp }
${WEBHOOK} ${SLACK}`;

export const CLIENT_DOCUMENTS: Readonly<Record<string, string>> = {
  Viewer: 'query Viewer { viewer { id entity username email flags teams { edges { node { name } } } } }',
  GetDefaultEntity: 'query GetDefaultEntity { viewer { id entity } }',
  GetViewer: `query GetViewer { viewer { ...Person } } ${PERSON}`,
  ServerFeaturesQuery: 'query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }',
  ServerInfo: `query ServerInfo { serverInfo { cliVersionInfo
    latestLocalVersionInfo { outOfDate latestVersionString versionOnThisInstanceString } } }`,
  OrgFeatureFlags: `query OrgFeatureFlags($org: String!) {
    organization(name: $org) { featureFlags(rampIDType: OrgName) { rampKey isEnabled } } }`,
  OrganizationCoreWeaveOrganizationID: `query OrganizationCoreWeaveOrganizationID($entityName: String!) {
    entity(name: $entityName) { organization { coreWeaveOrganizationId } } }`,
  XXHashDigestsEnabled: `query XXHashDigestsEnabled($entityName: String!) {
    entity(name: $entityName) { xxhashDigestsEnabled } }`,
  GetProjects: `query GetProjects($entity: String, $cursor: String, $perPage: Int = 50) {
    models(entityName: $entity, after: $cursor, first: $perPage) {
      pageInfo { ...Page } edges { node { ...Proj } } } } ${PAGE} ${PROJECT}`,
  GetProject: `query GetProject($name: String!, $entity: String!) {
    project(name: $name, entityName: $entity) { ...Proj } } ${PROJECT}`,
  CreateProject: `mutation CreateProject($input: UpsertModelInput!) {
    result: upsertModel(input: $input) { project { ...Made } model { ...Made } inserted } }
    fragment Made on Project { id name entityName description access views }`,
  IsProjectReadOnly: `query IsProjectReadOnly($entity: String!, $project: String!) {
    project(entityName: $entity, name: $project) { readOnly } }`,
  DeleteProject: 'mutation DeleteProject($id: String!) { deleteModel(input: {id: $id}) { success __typename } }',
  GetSweeps: `query GetSweeps($project: String!, $entity: String!, $filters: JSONString!, $cursor: String, $perPage: Int = 50) {
    project(name: $project, entityName: $entity) { totalSweeps
      sweeps(after: $cursor, first: $perPage, filters: $filters) { pageInfo { ...Page } edges { node { ...S } } } } }
    fragment S on Sweep { __typename id name displayName method state description bestLoss config createdAt updatedAt
      runCount runCountExpected } ${PAGE}`,
  GetSweep: `query GetSweep($name: String!, $project: String, $entity: String) {
    project(name: $project, entityName: $entity) { sweep(sweepName: $name) { id name method state config } } }`,
  GetTeamEntity: `query GetTeamEntity($name: String!) { entity(name: $name) {
    id name available photoUrl readOnly readOnlyAdmin isTeam entityType privateOnly storageBytes codeSavingEnabled
    defaultAccess isPaid members { id admin pending email username name photoUrl accountType apiKey } } }`,
  CreateTeam: `mutation CreateTeam($teamName: String!, $teamAdminUserName: String) {
    result: createTeam(input: {teamName: $teamName, teamAdminUserName: $teamAdminUserName}) {
      entity { id name available photoUrl limits } } }`,
  CreateInvite: `mutation CreateInvite($entity: String!, $email: String, $username: String, $admin: Boolean) {
    result: createInvite(input: {entityName: $entity, email: $email, username: $username, admin: $admin}) {
      invite { id name email createdAt toUser { name } } } }`,
  DeleteInvite: `mutation DeleteInvite($id: String, $entity: String) {
    result: deleteInvite(input: {id: $id, entityName: $entity}) { success } }`,
  SearchUsers: `query SearchUsers($query: String) { users(query: $query) { edges { node { ...Person } } } } ${PERSON}`,
  CreateUserFromAdmin: `mutation CreateUserFromAdmin($email: String!, $admin: Boolean) {
    result: createUser(input: {email: $email, admin: $admin}) { user { id name username email admin } } }`,
  GenerateApiKey: `mutation GenerateApiKey($description: String) {
    result: generateApiKey(input: {description: $description}) { apiKey { ...Key } } } ${KEY}`,
  DeleteApiKey: 'mutation DeleteApiKey($id: String!) { result: deleteApiKey(input: {id: $id}) { success } }',
  UpdateUser: 'mutation UpdateUser($entity: String) { updateUser(input: {defaultEntity: $entity}) { user { id } } }',
  FetchOrganization: `query FetchOrganization($org: String!) {
    organization(name: $org) { id name orgEntity { __typename id name entityType } } }`,
  FetchOrgInfoFromEntity: `query FetchOrgInfoFromEntity($entity: String!) { entity(name: $entity) {
    organization { name orgEntity { name } } user { organizations { name orgEntity { name } } } } }`,
  FetchOrgEntityFromEntity: `query FetchOrgEntityFromEntity($entityName: String!) {
    entity(name: $entityName) { organization { name orgEntity { name } } } }`,
  CreateAutomation: `mutation CreateAutomation($input: CreateFilterTriggerInput!) {
    result: createFilterTrigger(input: $input) { trigger { ...Automation } } } ${TRIGGER}`,
  UpdateAutomation: `mutation UpdateAutomation($input: UpdateFilterTriggerInput!) {
    result: updateFilterTrigger(input: $input) { trigger { ...Automation } } } ${TRIGGER}`,
  DeleteAutomation: `mutation DeleteAutomation($id: ID!) {
    result: deleteTrigger(input: {triggerID: $id}) { success } }`,
  GetEntityAutomations: `query GetEntityAutomations($entity: String!, $cursor: String, $perPage: Int, $order: String, $filters: JSONString) {
    scope: entity(name: $entity) { triggers(after: $cursor, first: $perPage, order: $order, filters: $filters) {
      pageInfo { ...Page } edges { node { ...Automation } } } } } ${PAGE} ${TRIGGER}`,
  GetAutomationsLegacy: `query GetAutomationsLegacy($cursor: String, $perPage: Int) {
    scope: viewer { projects(after: $cursor, first: $perPage) {
      pageInfo { ...Page } edges { node { __typename triggers { ...Automation } } } } } } ${PAGE} ${TRIGGER}`,
  GetEntityAutomationsLegacy: `query GetEntityAutomationsLegacy($entity: String!, $cursor: String, $perPage: Int) {
    searchScope: entity(name: $entity) { projects(after: $cursor, first: $perPage) {
      pageInfo { ...Page } edges { node { __typename triggers { ...Automation } } } } } } ${PAGE} ${TRIGGER}`,
  GetOrgAutomations: `query GetOrgAutomations($org: String!, $cursor: String, $perPage: Int, $order: String, $filters: JSONString) {
    scope: organization(name: $org) { triggers(first: $perPage, after: $cursor, order: $order, filters: $filters) {
      pageInfo { ...Page } edges { node { ...Automation } } } } } ${PAGE} ${TRIGGER}`,
  IntegrationsByEntity: `query IntegrationsByEntity($entity: String!, $cursor: String, $perPage: Int) {
    entity(name: $entity) { integrations(after: $cursor, first: $perPage) {
      pageInfo { ...Page } edges { node { __typename ...Channel ...Hook } } } } } ${PAGE} ${WEBHOOK} ${SLACK}`,
  CreateGenericWebhookIntegration: `mutation CreateGenericWebhookIntegration($input: CreateGenericWebhookIntegrationInput!) {
    result: createGenericWebhookIntegration(input: $input) { integration { __typename ...Hook } } } ${WEBHOOK}`,
};
