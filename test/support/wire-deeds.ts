import type { AuditedDeed } from '../../src/model/audit.ts';

/** Which entries an operation leaves in the audit log, each at its time one; or why it leaves none. */
type Decision = readonly AuditedDeed[] | string;

const RUNS = 'runs are no settings';
const ARTIFACTS = 'the logging of artifacts is no setting';
const LABELS = 'tags of a version say what it is, as its metadata do: they are no setting';
const READS = 'only reads, however long';
const MEMBERS = ['registry.members_changed'] as const;

/** Every mutation of GraphQL. */
export const MUTATIONS: Readonly<Record<string, Decision>> = {
  addAliases: ['alias.protected_changed'],
  commitArtifact: ARTIFACTS,
  completeMultipartUploadArtifact: ARTIFACTS,
  createArtifact: ARTIFACTS,
  createArtifactCollectionTagAssignments: ['collection.changed'],
  createArtifactFiles: ARTIFACTS,
  createArtifactManifest: ARTIFACTS,
  createFilterTrigger: ['automation.created'],
  createGenericWebhookIntegration: ['webhook.created'],
  createInvite: ['member.invited', 'member.added'],
  createProjectMembers: MEMBERS,
  createRunFiles: RUNS,
  createServiceAccount: ['service_account.created'],
  createTeam: ['team.created'],
  createUser: ['user.created'],
  deleteAliases: ['alias.protected_changed'],
  deleteApiKey: ['api_key.deleted'],
  deleteArtifact: ['artifact.deleted'],
  deleteArtifactCollectionTagAssignments: ['collection.changed'],
  deleteArtifactPortfolio: ['collection.deleted'],
  deleteArtifactSequence: ['collection.deleted'],
  deleteFiles: ['run.files_deleted'],
  deleteInvite: ['member.invitation_withdrawn', 'member.removed'],
  deleteModel: ['project.deleted'],
  deleteProjectMembers: MEMBERS,
  deleteRun: ['run.deleted'],
  deleteTrigger: ['automation.deleted'],
  generateApiKey: ['api_key.created'],
  linkArtifact: ['alias.protected_changed', 'collection.created'],
  markRunFilesUploaded: RUNS,
  moveArtifactSequence: ['collection.changed'],
  notifyScriptableRunAlert: RUNS,
  renameProject: ['project.renamed'],
  rewindRun: ['run.rewound'],
  stopRun: ['run.stopped'],
  unlinkArtifact: ['alias.protected_changed'],
  updateArtifact: ['artifact.ttl_changed'],
  updateArtifactManifest: ARTIFACTS,
  updateArtifactPortfolio: ['collection.changed'],
  updateArtifactSequence: ['collection.changed'],
  updateFilterTrigger: ['automation.changed', 'automation.enabled', 'automation.disabled'],
  updateProjectMember: MEMBERS,
  updateProjectTeamMember: MEMBERS,
  updateRunState: ['run.changed'],
  updateUser: ['user.changed'],
  upsertBucket: ['project.created', 'run.changed'],
  upsertModel: ['project.created', 'project.changed', 'registry.created', 'registry.changed'],
  upsertSweep: 'always refused',
  useArtifact: ARTIFACTS,
};

const ENTITY = '/api/v1/entities/:entity';
const COLLECTIONS = `${ENTITY}/projects/:project/artifacts`;
const VERSION = `${COLLECTIONS}/:collection/versions/:version`;
const ORGANIZATION = '/api/v1/organizations/:org';
const RUN = `${ENTITY}/projects/:project/runs/:run`;
const REGISTRY = `${ORGANIZATION}/registries/:registry`;
const INTEGRATION = [
  'webhook.changed',
  'webhook.enabled',
  'webhook.disabled',
  'slack_channel.changed',
  'slack_channel.enabled',
  'slack_channel.disabled',
] as const;

/** Every route that is asked with another method than GET, and the one that changes something all the same. */
export const ROUTES: Readonly<Record<string, Decision>> = {
  'POST /graphql': 'see the mutations',
  'POST /files/:entity/:project/:run/file_stream': RUNS,
  'POST /sdk/otel/v1/:signal': 'keeps nothing',
  'PUT /storage/runs/*': RUNS,
  'PUT /storage/wandb_artifacts/*': ARTIFACTS,
  'PUT /storage/artifact_parts/*': ARTIFACTS,
  'PUT /storage/artifact_manifests/*': ARTIFACTS,
  'GET /slack/callback': ['slack_channel.created', 'slack_channel.changed'],
  'POST /api/v1/users': ['user.created'],
  'DELETE /api/v1/users/:username': ['user.deleted'],
  'POST /api/v1/session': ['session.began'],
  'DELETE /api/v1/viewer/sessions': ['sessions.ended'],
  'DELETE /api/v1/viewer/sessions/:id': ['session.ended'],
  'PUT /api/v1/viewer/password': ['user.password_changed'],
  'POST /api/v1/viewer/api-keys': ['api_key.created'],
  'DELETE /api/v1/viewer/api-keys/:id': ['api_key.deleted'],
  'POST /api/v1/organizations': ['organization.created'],
  [`DELETE ${ORGANIZATION}`]: ['organization.deleted'],
  [`POST ${ORGANIZATION}/teams`]: ['team.created'],
  'POST /api/v1/organizations/:name/members': ['member.added', 'member.role_changed'],
  'DELETE /api/v1/organizations/:name/members/:username': ['member.removed'],
  'POST /api/v1/entities/:name/members': ['member.added', 'member.role_changed'],
  'DELETE /api/v1/entities/:name/members/:username': ['member.removed'],
  [`POST ${ENTITY}/invites`]: ['member.invited', 'member.added'],
  [`DELETE ${ENTITY}/invites/:invite`]: ['member.invitation_withdrawn'],
  [`POST ${ENTITY}/service-accounts`]: ['service_account.created'],
  [`PATCH ${ENTITY}/service-accounts/:username`]: ['service_account.changed'],
  [`POST ${ENTITY}/service-accounts/:username/rotate-key`]: ['service_account.key_rotated'],
  [`DELETE ${ENTITY}/service-accounts/:username`]: ['service_account.deleted'],
  [`PATCH ${ENTITY}/settings`]: ['team.settings_changed'],
  [`PATCH ${ENTITY}/alerts`]: ['alerts.changed'],
  [`POST ${ORGANIZATION}/registries`]: ['registry.created'],
  [`PATCH ${REGISTRY}`]: ['registry.changed', 'project.renamed'],
  [`DELETE ${REGISTRY}`]: ['project.deleted'],
  [`PUT ${REGISTRY}/members/:username`]: MEMBERS,
  [`DELETE ${REGISTRY}/members/:username`]: MEMBERS,
  [`PUT ${REGISTRY}/teams/:team`]: MEMBERS,
  [`DELETE ${REGISTRY}/teams/:team`]: MEMBERS,
  [`PATCH ${RUN}`]: ['run.changed'],
  [`POST ${RUN}/stop`]: ['run.stopped'],
  [`DELETE ${RUN}`]: ['run.deleted'],
  [`DELETE ${RUN}/files`]: ['run.files_deleted'],
  [`POST ${ENTITY}/projects/:project/run-tags`]: ['run.changed'],
  [`POST ${ENTITY}/projects/:project/run-stops`]: ['run.stopped'],
  [`POST ${ENTITY}/projects/:project/run-removals`]: ['run.deleted'],
  [`POST ${COLLECTIONS}`]: ['collection.created'],
  [`PATCH ${COLLECTIONS}/:collection`]: ['collection.changed'],
  [`DELETE ${COLLECTIONS}/:collection`]: ['collection.deleted'],
  [`PUT ${COLLECTIONS}/:collection/tags/:tag`]: ['collection.changed'],
  [`DELETE ${COLLECTIONS}/:collection/tags/:tag`]: ['collection.changed'],
  [`PATCH ${VERSION}`]: ['artifact.ttl_changed'],
  [`DELETE ${VERSION}`]: ['artifact.deleted'],
  [`POST ${COLLECTIONS}/:collection/version-removals`]: ['artifact.deleted'],
  [`PUT ${VERSION}/aliases/:alias`]: ['alias.protected_changed'],
  [`DELETE ${VERSION}/aliases/:alias`]: ['alias.protected_changed'],
  [`PUT ${VERSION}/tags/:tag`]: LABELS,
  [`DELETE ${VERSION}/tags/:tag`]: LABELS,
  [`POST ${VERSION}/links`]: ['alias.protected_changed', 'collection.created'],
  [`DELETE ${VERSION}/link`]: ['alias.protected_changed'],
  [`POST ${ENTITY}/secrets`]: ['secret.created'],
  [`PUT ${ENTITY}/secrets/:secret`]: ['secret.rotated'],
  [`PATCH ${ENTITY}/secrets/:secret`]: ['secret.access_changed'],
  [`DELETE ${ENTITY}/secrets/:secret`]: ['secret.deleted'],
  [`POST ${ENTITY}/integrations`]: ['webhook.created'],
  [`PATCH ${ENTITY}/integrations/:integration`]: INTEGRATION,
  [`DELETE ${ENTITY}/integrations/:integration`]: ['webhook.deleted', 'slack_channel.deleted'],
  [`POST ${ENTITY}/integrations/:integration/preview`]: 'sends and changes nothing',
  [`POST ${ENTITY}/integrations/:integration/test`]: ['webhook.tested', 'slack_channel.tested'],
  [`POST ${ENTITY}/slack-channels`]: ['slack_channel.created'],
  [`POST ${ENTITY}/slack-channels/connect`]: 'only gives an address to go to',
  [`POST ${ENTITY}/automations`]: ['automation.created'],
  [`PATCH ${ENTITY}/automations/:automation`]: ['automation.changed', 'automation.enabled', 'automation.disabled'],
  [`POST ${ENTITY}/automations/:automation/take-over`]: ['automation.taken_over'],
  [`DELETE ${ENTITY}/automations/:automation`]: ['automation.deleted'],
  [`POST ${ENTITY}/automations/test-filters`]: READS,
  [`POST ${ENTITY}/automations/test-event`]: READS,
  [`POST ${ENTITY}/automations/past-events`]: READS,
  [`POST ${ENTITY}/automations/preview`]: READS,
  [`POST ${ENTITY}/backtests`]: READS,
  [`DELETE ${ENTITY}/backtests/:backtest`]: 'ends only what the same person asked',
  [`POST ${ENTITY}/executions/:id/run`]: ['execution.run_anyway'],
  [`POST ${ENTITY}/executions/:id/retry`]: ['execution.retried'],
  [`POST ${ENTITY}/executions/:id/cancel`]: ['execution.cancelled'],
  [`POST ${ENTITY}/executions/bulk`]: ['executions.retried', 'executions.cancelled', 'executions.run_anyway'],
};

/** What leaves entries though nobody asks for it by a mutation or route: commands, the start, and the system. */
export const ELSEWHERE: readonly AuditedDeed[] = [
  'instance.first_admin_created',
  'instance.master_key_rotated',
  // a sign-in that was refused: test/sessions.test.ts
  'session.refused',
];

/** Every operation with each of its deeds: `POST /api/v1/users user.created`. */
export function auditedOperations(): string[] {
  return Object.entries({ ...MUTATIONS, ...ROUTES }).flatMap(([operation, decision]) =>
    typeof decision === 'string' ? [] : decision.map((deed) => `${operation} ${deed}`),
  );
}
