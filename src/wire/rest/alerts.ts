import { z } from 'zod';
import { type AlertSettings, changeAlertSettings, readAlertSettings } from '../../directory/alert-settings.ts';
import { listNotices } from '../../directory/list-notices.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { decodeCaptured } from '../../events/capture.ts';
import { asId, type EventId, type IntegrationId } from '../../model/ids.ts';
import type { PastEvent } from '../../store/past-events.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, instant, isoInstant } from './schemas.ts';

const tags = ['alerts'];
const params = z.object({ entity: z.string() });
const channels = z.array(id).max(100);

const topics = {
  runAlert: channels.describe('told what scripts send with `run.alert`'),
  runFinished: channels.describe('told of runs that have finished'),
  runCrashed: channels.describe('told of runs that have failed or crashed'),
  deliveryTrouble: channels.describe(
    'told of webhooks and channels that get nothing until an admin acts, and of automations that fire too often',
  ),
};

const alertSettings = z.object(topics).meta({ id: 'AlertSettings' });

const alertSettingsPatch = z
  .strictObject(topics)
  .partial()
  .describe('Ids of Slack channels; what is left out stays as it is.')
  .meta({ id: 'AlertSettingsPatch' });

const notice = z
  .object({
    id,
    at: instant,
    integration: z.object({ id, kind: z.enum(['webhook', 'slack']), name: z.string() }).nullable(),
    automation: z.object({ id, name: z.string() }).nullable().describe('whose matches are skipped'),
    trouble: z.enum(['disabled', 'broken', 'rate_limited']),
    reason: z.string(),
  })
  .meta({ id: 'Notice' });

/** Where alerts of an entity go, and what its admins were told. */
export const alerts: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/alerts',
    {
      schema: {
        tags,
        summary: "Read where alerts go: of a team's runs, or of a user's own runs",
        params,
        response: answers(200, alertSettings),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toSettings(await readAlertSettings(ground, viewer, entity));
    },
  );

  app.patch(
    '/entities/:entity/alerts',
    {
      schema: {
        tags,
        summary: 'Set where alerts go',
        params,
        body: alertSettingsPatch,
        response: answers(200, alertSettings),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toSettings(await changeAlertSettings(ground, viewer, entity, fromPatch(body)));
    },
  );

  app.get(
    '/entities/:entity/notices',
    {
      schema: {
        tags,
        summary: 'List what the admins of an entity were told of its integrations and automations, newest first',
        params,
        querystring: pageQuery,
        response: answers(200, pageOf(notice)),
      },
    },
    async ({ viewer, params, query: { limit, cursor } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const before = key === undefined ? null : asId<EventId>(key);
      const { items, nextCursor } = cutPage(
        await listNotices(ground, viewer, entity, { before, limit }),
        limit,
        ({ eventId }) => [eventId],
      );
      return { items: items.flatMap(toNotice), nextCursor };
    },
  );
};

function toSettings(settings: AlertSettings): z.output<typeof alertSettings> {
  return {
    runAlert: [...settings.run_alert],
    runFinished: [...settings.run_finished],
    runCrashed: [...settings.run_crashed],
    deliveryTrouble: [...settings.delivery_trouble],
  };
}

function fromPatch(body: z.output<typeof alertSettingsPatch>): Partial<AlertSettings> {
  const given = {
    run_alert: body.runAlert,
    run_finished: body.runFinished,
    run_crashed: body.runCrashed,
    delivery_trouble: body.deliveryTrouble,
  };
  const ids = Object.entries(given).flatMap(([topic, list]) =>
    list === undefined ? [] : [[topic, list.map((each) => asId<IntegrationId>(each))] as const],
  );
  return Object.fromEntries(ids);
}

function toNotice({ eventId, occurredAt, captured }: PastEvent): z.output<typeof notice>[] {
  const event = decodeCaptured(captured);
  if (event.type !== 'INTEGRATION_TROUBLE' && event.type !== 'AUTOMATION_TROUBLE') return [];
  const { trouble, reason } = event;
  const told = { id: eventId, at: isoInstant(occurredAt), trouble, reason };
  if (event.type === 'AUTOMATION_TROUBLE') {
    const { id, name } = event.automation;
    return [{ ...told, integration: null, automation: { id, name } }];
  }
  const { id, kind, name } = event.integration;
  return [{ ...told, integration: { id, kind, name }, automation: null }];
}
