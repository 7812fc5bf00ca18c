import { z } from 'zod';
import { RUN_STATES } from '../../model/run-state.ts';

/** Generations on each side, and neighbours of each node, that are answered at most. */
const DEEPEST = 10;
const WIDEST = 50;

export const lineageQuery = z.strictObject({
  depth: z.coerce.number().int().min(1).max(DEEPEST).default(3).describe('how many runs away, before and after'),
  fan: z.coerce.number().int().min(1).max(WIDEST).default(8).describe('neighbours of each run and version, each side'),
});

const more = {
  id: z.string().describe('unique in this answer'),
  entity: z.string(),
  project: z.string(),
  moreBefore: z.boolean().describe('something that leads here is left out'),
  moreAfter: z.boolean().describe('something that follows is left out'),
};

const runNode = z
  .object({
    kind: z.literal('run'),
    ...more,
    run: z.string().describe("the client's run id"),
    name: z.string(),
    state: z.enum(RUN_STATES),
    jobType: z.string().nullable(),
  })
  .meta({ id: 'LineageRun' });

const versionNode = z
  .object({
    kind: z.literal('version'),
    ...more,
    collection: z.string(),
    type: z.string(),
    version: z.string(),
    aliases: z.array(z.string()),
  })
  .meta({ id: 'LineageVersion' });

const edge = z.object({ from: z.string(), to: z.string(), usedAs: z.string().nullable() }).meta({ id: 'LineageEdge' });

export const lineage = z
  .object({
    focus: z.string().describe('id of the version that was asked about'),
    nodes: z.array(z.discriminatedUnion('kind', [runNode, versionNode])),
    edges: z.array(edge).describe('from what was used to the run that used it, and from a run to what it made'),
  })
  .meta({ id: 'ArtifactLineage' });

export type ShownNode = z.output<typeof runNode> | z.output<typeof versionNode>;
