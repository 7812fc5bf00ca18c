import { z } from 'zod';
import { conflict } from '../../model/error.ts';
import type { JsonObject } from '../../model/json.ts';
import { deleteRun } from '../../tracking/delete-run.ts';
import { editRunByHand } from '../../tracking/edit-run-by-hand.ts';
import { stopRun } from '../../tracking/stop-run.ts';
import type { RestResource } from './app.ts';
import { ofRun, requireRunToWrite } from './run-of.ts';
import { runTag } from './run-schemas.ts';
import { nothing } from './schemas.ts';

const tags = ['runs'];
const MOST_TAGS = 200;
const LONGEST_NOTES = 100_000;

const short = z.string().trim().min(1).max(1_000);
const configName = z.string().min(1).max(1_000);

const runEdit = z
  .strictObject({
    name: short.optional().describe('as people see it'),
    group: short.nullable().optional(),
    jobType: short.nullable().optional(),
    notes: z.string().max(LONGEST_NOTES).nullable().optional(),
    tags: z.array(runTag).max(MOST_TAGS).optional(),
    config: z.record(configName, z.unknown()).optional().describe('values by name; all others stay'),
    removedConfig: z.array(configName).max(1_000).optional().describe('names whose values are taken away'),
  })
  .refine((edit) => Object.values(edit).some((value) => value !== undefined), 'say what is to be changed');

/** What people do to runs. Clients do it by GraphQL. */
export const runDeeds: RestResource = (app, { ground, tracking }) => {
  app.patch(
    '/entities/:entity/projects/:project/runs/:run',
    {
      schema: {
        tags,
        summary: 'Change the name, group, job type, notes, tags or config of a run',
        description:
          'Automations see the change at the next event of the run. While its client is at work, what that sends of the config counts.',
        params: ofRun,
        body: runEdit,
        response: nothing,
      },
    },
    async ({ viewer, params, body: { name, config, ...edit } }, reply) => {
      const run = await requireRunToWrite(ground, viewer, params);
      await editRunByHand(tracking, viewer, run, {
        ...edit,
        displayName: name,
        config: config as JsonObject | undefined,
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/entities/:entity/projects/:project/runs/:run/stop',
    {
      schema: {
        tags,
        summary: 'Ask the client of a run to stop its script',
        description: 'It hears that within half a minute and interrupts the script; the run then counts as killed.',
        params: ofRun,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const run = await requireRunToWrite(ground, viewer, params);
      if (!(await stopRun(ground, viewer, run))) throw conflict(`run '${run.name}' has ended: nothing is left to stop`);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/entities/:entity/projects/:project/runs/:run',
    {
      schema: {
        tags,
        summary: 'Delete a run with its history, files and console',
        description: 'Artifact versions that it logged stay, and so do the executions that it caused.',
        params: ofRun,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      await deleteRun(ground, viewer, await requireRunToWrite(ground, viewer, params));
      return reply.code(204).send(null);
    },
  );
};
