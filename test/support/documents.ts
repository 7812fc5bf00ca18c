/** GraphQL documents with the variables that the client sends (protocol, 2.2, 2.3, 2.6, 6.4, 8.2, 8.6). */

const BUCKET = `id name displayName description config sweepName historyLineCount
  project { id name entity { id name } }`;

export const UPSERT_RUN = `mutation UpsertBucket(
  $id: String, $name: String, $project: String, $entity: String, $groupName: String, $description: String,
  $displayName: String, $notes: String, $commit: String, $config: JSONString, $host: String, $debug: Boolean,
  $program: String, $repo: String, $jobType: String, $state: String, $sweep: String, $tags: [String!],
  $summaryMetrics: JSONString
) {
  upsertBucket(input: {
    id: $id, name: $name, modelName: $project, entityName: $entity, groupName: $groupName,
    description: $description, displayName: $displayName, notes: $notes, commit: $commit, config: $config,
    host: $host, debug: $debug, jobProgram: $program, jobRepo: $repo, jobType: $jobType, state: $state,
    sweep: $sweep, tags: $tags, summaryMetrics: $summaryMetrics
  }) {
    bucket { ${BUCKET} }
    inserted
  }
}`;

export const RESUME_STATUS = `query RunResumeStatus($project: String, $entity: String, $name: String!) {
  model(name: $project, entityName: $entity) {
    id
    name
    entity { id name }
    bucket(name: $name, missingOk: true) {
      id name summaryMetrics displayName logLineCount historyLineCount eventsLineCount historyTail eventsTail
      config tags notes wandbConfig(keys: ["t"])
    }
  }
}`;

export const RUN = `query Run($project: String!, $entity: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { id state displayName } }
}`;

export const RUN_HISTORY = `query RunFullHistory($project: String!, $entity: String!, $name: String!, $samples: Int) {
  project(name: $project, entityName: $entity) { run(name: $name) { history(samples: $samples) } }
}`;

export const REWIND_RUN = `mutation RewindRun(
  $runName: String!, $entity: String, $project: String, $metricName: String!, $metricValue: Float!
) {
  result: rewindRun(input: {
    runName: $runName, entityName: $entity, projectName: $project, metricName: $metricName, metricValue: $metricValue
  }) {
    rewoundRun { ${BUCKET} }
  }
}`;

export const STOP_RUN = `mutation StopRun($id: ID!) { stopRun(input: { id: $id }) { success } }`;

export const CREATE_PROJECT = `mutation CreateProject($input: UpsertModelInput!) {
  result: upsertModel(input: $input) { project { id name entityName } inserted }
}`;

export const CREATE_WEBHOOK = `mutation CreateGenericWebhookIntegration($input: CreateGenericWebhookIntegrationInput!) {
  result: createGenericWebhookIntegration(input: $input) {
    integration { __typename ... on GenericWebhookIntegration { id name urlEndpoint } }
  }
}`;

const AUTOMATION = 'id name description enabled createdAt updatedAt';

export const CREATE_AUTOMATION = `mutation CreateAutomation($input: CreateFilterTriggerInput!) {
  result: createFilterTrigger(input: $input) { trigger { ${AUTOMATION} } }
}`;

export const UPDATE_AUTOMATION = `mutation UpdateAutomation($input: UpdateFilterTriggerInput!) {
  result: updateFilterTrigger(input: $input) { trigger { ${AUTOMATION} } }
}`;

export const DELETE_AUTOMATION = `mutation DeleteAutomation($id: ID!) {
  result: deleteTrigger(input: { triggerID: $id }) { success }
}`;

export const ENTITY = `query GetTeamEntity($name: String!) { entity(name: $name) { id name entityType } }`;
