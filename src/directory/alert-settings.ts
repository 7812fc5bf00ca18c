import { demand } from '../access/demand.ts';
import { permits } from '../access/permits.ts';
import { destinationOf, parseAction } from '../actions/index.ts';
import type { Notification } from '../actions/notification.ts';
import { ALERT_SETTINGS, ALERT_TOPICS, type AlertTopic } from '../events/alert-topic.ts';
import type { Instant } from '../model/clock.ts';
import { invalid, notFound } from '../model/error.ts';
import type { IntegrationId, TenantId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Severity } from '../model/severity.ts';
import type { Viewer } from '../model/viewer.ts';
import { type AlertRoute, type AlertUse, alertRoutes } from '../store/alert-routes.ts';
import { recordChange } from '../store/audit.ts';
import { type Edit, insertAutomation, markAutomationDeleted } from '../store/automation-edits.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { lockIntegration } from '../store/integrations.ts';
import { nextRulebookVersion } from '../store/rulebook.ts';
import type { EntityPlace } from './find-entity.ts';

/** Slack channels by what they are told of. */
export type AlertSettings = Readonly<Record<AlertTopic, readonly IntegrationId[]>>;

/** Channels of a topic: more would be a flood. */
const MOST_CHANNELS = 10;

/** What executions of alerts are called in the history, and messages where they have no words of their own. */
const NAMES: Readonly<Record<AlertTopic, { readonly name: string; readonly severity: Severity }>> = {
  run_alert: { name: 'Alerts of runs', severity: 'INFO' },
  run_finished: { name: 'Run finished', severity: 'INFO' },
  run_crashed: { name: 'Run crashed', severity: 'ERROR' },
  delivery_trouble: { name: 'Trouble with deliveries', severity: 'WARN' },
};

/**
 * Where alerts of an entity go: of the runs of a team, or of a user's own runs. For those who may see its channels.
 *
 * @throws TriplineError forbidden
 */
export async function readAlertSettings(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
): Promise<AlertSettings> {
  demand(viewer, 'see_integrations', entity, `entity '${entity.name}'`);
  return settingsOf(await routesOf(database, entity));
}

/**
 * Sets where alerts of an entity go; for its admins. A topic that is absent stays as it is.
 *
 * @throws TriplineError forbidden, or invalid for channels that do not exist or that the viewer may not use
 */
export async function changeAlertSettings(
  { database, clock }: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  patch: Partial<AlertSettings>,
): Promise<AlertSettings> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  return database.transaction(async (tx) => {
    const rulebookVersion = await nextRulebookVersion(tx, entity.rootId);
    if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    const edit = { rulebookVersion, by: viewer.userId, now: clock.now() };
    const routes = await routesOf(tx, entity);
    for (const topic of ALERT_TOPICS) {
      const wanted = new Set(patch[topic] ?? settingsOf(routes)[topic]);
      if (wanted.size > MOST_CHANNELS) {
        throw invalid(`${ALERT_SETTINGS[topic]} can have at most ${MOST_CHANNELS} channels`, ALERT_SETTINGS[topic]);
      }
      const present = routes.filter((route) => route.topic === topic);
      for (const route of present.filter((route) => !wanted.has(channelOf(route)))) {
        await markAutomationDeleted(tx, route.automationId, edit);
      }
      for (const route of present) wanted.delete(channelOf(route));
      for (const channel of wanted) {
        await requireChannel(tx, viewer, channel, topic);
        await insertAutomation(tx, entity.rootId, { ...contentOf(entity, topic, channel), alertTopic: topic }, edit);
      }
    }
    return recordSettings(tx, viewer, entity, routes, edit.now);
  });
}

/** Ends that alerts go to a channel which is being deleted. Lock their rulebooks first. */
export async function endAlerts(
  tx: Transaction,
  viewer: Viewer,
  alerts: readonly (AlertUse & { readonly edit: Edit })[],
): Promise<void> {
  for (const [id, { entityName: name, edit }] of new Map(alerts.map((alert) => [alert.entityId, alert]))) {
    const routes = await routesOf(tx, { id });
    const ended = alerts.filter(({ entityId }) => entityId === id);
    for (const { automationId } of ended) await markAutomationDeleted(tx, automationId, edit);
    await recordSettings(tx, viewer, { id, name }, routes, edit.now);
  }
}

/** @returns the settings as they are now */
async function recordSettings(
  tx: Transaction,
  viewer: Viewer,
  { id, name }: Pick<EntityPlace, 'id' | 'name'>,
  before: readonly AlertRoute[],
  now: Instant,
): Promise<AlertSettings> {
  const after = settingsOf(await routesOf(tx, { id }));
  await recordChange(tx, viewer, {
    now,
    tenantId: id as TenantId,
    deed: 'alerts.changed',
    subject: { kind: 'entity', id, name },
    before: printed(settingsOf(before)),
    after: printed(after),
  });
  return after;
}

const printed = (settings: AlertSettings): JsonObject => ({ ...settings });

function routesOf(database: Queryable, { id }: Pick<EntityPlace, 'id'>): Promise<AlertRoute[]> {
  return alertRoutes(database, [id], ALERT_TOPICS);
}

function settingsOf(routes: readonly AlertRoute[]): AlertSettings {
  const channels = (topic: AlertTopic) => routes.filter((route) => route.topic === topic).map(channelOf);
  return {
    run_alert: channels('run_alert'),
    run_finished: channels('run_finished'),
    run_crashed: channels('run_crashed'),
    delivery_trouble: channels('delivery_trouble'),
  };
}

function channelOf({ action }: AlertRoute): IntegrationId {
  const channel = destinationOf(parseAction(action));
  if (channel === undefined) throw new Error('an alert goes nowhere');
  return channel;
}

/** It cannot be deleted before the transaction ends. */
async function requireChannel(tx: Transaction, viewer: Viewer, id: IntegrationId, topic: AlertTopic): Promise<void> {
  const found = await lockIntegration(tx, id, 'shared');
  if (found?.kind === 'slack' && permits(viewer, 'use_integration', found)) return;
  throw invalid(
    `${id} is no Slack channel that you may use: choose one of an entity that you are a member of`,
    ALERT_SETTINGS[topic],
  );
}

function contentOf({ id, tenantId }: EntityPlace, topic: AlertTopic, integrationId: IntegrationId) {
  const { name, severity } = NAMES[topic];
  const action: Notification = { type: 'NOTIFICATION', integrationId, title: '', message: '', severity };
  const definition: JsonObject = { event: { type: topic }, action };
  return { tenantId, scopeKind: 'entity' as const, scopeId: id, name, description: null, enabled: true, definition };
}
