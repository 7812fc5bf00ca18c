import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireViewer, type ViewerOf } from '../viewer-of.ts';
import { alerts } from './alerts.ts';
import { apiKeys } from './api-keys.ts';
import type { RestApp, RestResource, RestServices } from './app.ts';
import { artifactSearch } from './artifact-search.ts';
import { audit } from './audit.ts';
import { automationList } from './automation-list.ts';
import { automations } from './automations.ts';
import { backtests } from './backtests.ts';
import { collectionDeeds } from './collection-deeds.ts';
import { collections } from './collections.ts';
import { publishDocumentSchemas } from './document-schemas.ts';
import { entities } from './entities.ts';
import { entitySpaceResource } from './entity-space.ts';
import { eventTests } from './event-tests.ts';
import { events } from './events.ts';
import { executionDeeds } from './execution-deeds.ts';
import { executions } from './executions.ts';
import { explanations } from './explanations.ts';
import { integrationTests } from './integration-tests.ts';
import { integrations } from './integrations.ts';
import { invites } from './invites.ts';
import { lineageResource } from './lineage.ts';
import { members } from './members.ts';
import { describeApi } from './open-api.ts';
import { organizations } from './organizations.ts';
import { pastEvents } from './past-events.ts';
import { projectCharts } from './project-charts.ts';
import { projects } from './projects.ts';
import { refuseUnstorable } from './refuse-unstorable.ts';
import { registries } from './registries.ts';
import { registryMembers } from './registry-members.ts';
import { runArtifacts } from './run-artifacts.ts';
import { runCharts } from './run-charts.ts';
import { runDeeds } from './run-deeds.ts';
import { runFilesResource } from './run-files.ts';
import { runGroups } from './run-groups.ts';
import { runKeys } from './run-keys.ts';
import { runLogs } from './run-logs.ts';
import { runs } from './runs.ts';
import { runsDeeds } from './runs-deeds.ts';
import { secrets } from './secrets.ts';
import { serverResource } from './server.ts';
import { serviceAccounts } from './service-accounts.ts';
import { sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { slackChannels } from './slack-channels.ts';
import { subjectExecutions } from './subject-executions.ts';
import { teamSettings } from './team-settings.ts';
import { users } from './users.ts';
import { versionDeeds } from './version-deeds.ts';
import { versionFiles } from './version-files.ts';
import { versionLabels } from './version-labels.ts';
import { versions } from './versions.ts';
import { viewerResource } from './viewer.ts';

/** The public API, resource by resource. */
const RESOURCES: readonly RestResource[] = [
  viewerResource,
  sessions,
  apiKeys,
  users,
  organizations,
  members,
  invites,
  serviceAccounts,
  teamSettings,
  registries,
  registryMembers,
  entities,
  entitySpaceResource,
  projects,
  runs,
  runDeeds,
  runLogs,
  runFilesResource,
  runArtifacts,
  runsDeeds,
  runGroups,
  runKeys,
  events,
  runCharts,
  projectCharts,
  collections,
  collectionDeeds,
  versions,
  versionLabels,
  versionDeeds,
  versionFiles,
  lineageResource,
  artifactSearch,
  executions,
  executionDeeds,
  subjectExecutions,
  integrations,
  integrationTests,
  slackChannels,
  secrets,
  alerts,
  audit,
  explanations,
  eventTests,
  pastEvents,
  backtests,
  automationList,
  automations,
  serverResource,
];

export interface RestDeps {
  readonly services: RestServices;
  readonly viewerOf: ViewerOf;
  /** Adds what is a protocol of its own below the same address. */
  readonly beside?: (app: RestApp) => void;
}

/** Serves the public API under `/api/v1`, described at `/api/v1/openapi.json`. */
export async function mountRest(app: FastifyInstance, { services, viewerOf, beside }: RestDeps): Promise<void> {
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>();
      api.setValidatorCompiler(validatorCompiler);
      api.setSerializerCompiler(serializerCompiler);
      refuseUnstorable(api);
      await describeApi(api);
      publishDocumentSchemas(api);
      signIn(api, services);
      await api.register(async (guarded) => {
        requireViewer(guarded, viewerOf);
        const resources = guarded.withTypeProvider<ZodTypeProvider>();
        for (const add of RESOURCES) add(resources, services);
        beside?.(resources);
      });
    },
    { prefix: '/api/v1' },
  );
}
