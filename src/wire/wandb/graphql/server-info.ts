import type { GraphqlModule } from './module.ts';

/**
 * What the client may use; names it does not find are off (wandb protocol, 1.3). A feature may be named only
 * when its types and fields are in the schema.
 */
const FEATURES = [
  'LARGE_FILENAMES',
  'ARTIFACT_REGISTRY_SEARCH',
  'INCLUDE_ARTIFACT_TYPES_IN_REGISTRY_CREATION',
  'STRUCTURED_CONSOLE_LOGS',
  'MARK_RUN_FILES_UPLOADED',
  'FILESTREAM_GZIP',
  'ARTIFACT_TAGS',
  'ARTIFACT_DIGEST_ALGORITHM',
  'ARTIFACT_MEMBERSHIP_IN_LINK_ARTIFACT_RESPONSE',
  'ARTIFACT_COLLECTION_MEMBERSHIP_FILE_DOWNLOAD_HANDLER',
  'ARTIFACT_V2_DOWNLOAD_HANDLER_SUPPORTS_ARTIFACT_ID',
  'CLIENT_IDS',
  'USE_ARTIFACT_WITH_ENTITY_AND_PROJECT_INFORMATION',
  'PROJECT_ARTIFACT_COLLECTION_MEMBERSHIP',
  'ARTIFACT_COLLECTION_MEMBERSHIP_FILES',
  'TOTAL_COUNT_IN_FILE_CONNECTION',
  'ARTIFACT_COLLECTIONS_FILTERING_SORTING',
  'AUTOMATION_EVENT_RUN_METRIC',
  'AUTOMATION_EVENT_RUN_METRIC_CHANGE',
  'AUTOMATION_EVENT_RUN_METRIC_ZSCORE',
  'AUTOMATION_EVENT_RUN_STATE',
  'AUTOMATION_EVENT_ADD_ARTIFACT_TAG',
  'AUTOMATION_EVENT_ADD_COLLECTION_TAG',
  'AUTOMATION_EVENT_REMOVE_ARTIFACT_TAG',
  'AUTOMATION_EVENT_REMOVE_COLLECTION_TAG',
  'AUTOMATION_EVENT_UNLINK_ARTIFACT',
  'AUTOMATION_ACTION_NO_OP',
  'AUTOMATION_SCOPE_ENTITY',
  'QUERY_AUTOMATIONS_ON_ENTITY',
] as const;

const CLI_VERSIONS = { min_cli_version: '0.0.1', max_cli_version: '99.0.0' };

export const serverInfo: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      serverInfo: ServerInfo
    }
    type ServerInfo {
      features: [ServerFeature!]!
      cliVersionInfo: JSON
      latestLocalVersionInfo: LatestLocalVersionInfo
    }
    type ServerFeature {
      name: String!
      isEnabled: Boolean!
    }
    # clients up to 0.27 look for this type before they sync an offline run, and fail without it
    type ServerSettings {
      serverMessages: [ServerMessage!]!
    }
    type ServerMessage {
      utfText: String!
      plainText: String!
      htmlText: String!
      messageType: String!
      messageLevel: Int!
    }
    extend type UpsertBucketPayload {
      serverSettings: ServerSettings
    }
    type LatestLocalVersionInfo {
      outOfDate: Boolean
      latestVersionString: String
      versionOnThisInstanceString: String
    }
  `,
  resolvers: {
    Query: {
      serverInfo: () => ({
        features: FEATURES.map((name) => ({ name, isEnabled: true })),
        cliVersionInfo: CLI_VERSIONS,
        latestLocalVersionInfo: null,
      }),
    },
    // what a client prints when a run begins: Tripline has nothing to say there
    UpsertBucketPayload: { serverSettings: () => ({ serverMessages: [] }) },
  },
};
