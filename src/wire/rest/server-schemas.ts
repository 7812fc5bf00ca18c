import { z } from 'zod';
import type { Installation } from '../../directory/read-installation.ts';
import type { Instant } from '../../model/clock.ts';
import { instant, isoInstant } from './schemas.ts';

/** How a setting stands, and how it is changed; never a secret. */
const setting = z
  .object({
    group: z.enum(['access', 'storage', 'keys', 'delivery', 'slack', 'limits', 'retention', 'running']),
    flag: z.string().nullable().describe('null: a command line is visible to others'),
    variable: z.string().describe('of the environment'),
    fileKey: z.string().nullable().describe('in the configuration file'),
    description: z.string(),
    source: z
      .enum(['flag', 'variable', 'file', 'default'])
      .nullable()
      .describe('where its value comes from; null: it is not set'),
    value: z.string().nullable().describe('of an address with a password only the host; null for other secrets'),
    secret: z.boolean(),
  })
  .meta({ id: 'Setting' });

export const server = z
  .object({
    version: z.string(),
    startedAt: instant,
    node: z.int().describe('number of the process that answers'),
    nodes: z.array(z.int()).describe('of all processes on this database; one that was killed is told for a minute'),
    database: z.object({
      kind: z.enum(['embedded', 'external']),
      place: z.string(),
      version: z.string().describe('of PostgreSQL'),
      bytes: z.number(),
    }),
    files: z
      .object({ kind: z.enum(['folder', 's3']), place: z.string() })
      .describe('where new artifacts and files of runs lie'),
    masterKey: z.object({
      keptIn: z.string().describe('name of the variable, or path of the file'),
      known: z.boolean().describe('this process knows the key that counts for the database'),
      fault: z.string().nullable().describe('why secrets stay locked here, and what to do'),
      rotating: z.boolean().describe('this process knows the key to come too'),
      lockedEntities: z.int().describe('entities whose secrets it cannot open'),
    }),
    slackApp: z.boolean().describe('channels can be connected through Slack'),
    loopbackAllowed: z
      .boolean()
      .describe('deliveries may reach this machine, since only this machine reaches Tripline'),
    people: z.int(),
    organizations: z.int(),
    teams: z.int(),
    audit: z
      .object({
        number: z.int().describe("entries of the installation's own chain"),
        hash: z.string().nullable().describe('of the last of them, in hex'),
        unsealed: z.int().describe('entries of all chains that wait to be sealed'),
        oldestUnsealedAt: instant.nullable(),
      })
      .describe('whether the audit log is kept; `tripline audit verify` checks it'),
    settings: z.array(setting).describe('flags, variables and the configuration file: they are read at the start'),
  })
  .meta({ id: 'Server' });

export type ToldSetting = z.output<typeof setting>;

/** What a process knows of itself from its start on. */
export interface ServerFacts {
  readonly version: string;
  readonly startedAt: Instant;
  readonly node: number;
  readonly database: { readonly kind: 'embedded' | 'external'; readonly place: string };
  readonly files: { readonly kind: 'folder' | 's3'; readonly place: string };
  readonly masterKey: { readonly keptIn: string; readonly fault: string | undefined };
  readonly loopbackAllowed: boolean;
  readonly settings: readonly ToldSetting[];
}

export function toServer(
  facts: ServerFacts,
  now: Installation,
  more: { readonly rotating: boolean; readonly slackApp: boolean },
): z.output<typeof server> {
  const { head, unsealed } = now.audit;
  const { known, lockedEntities } = now.masterKey;
  return {
    version: facts.version,
    startedAt: isoInstant(facts.startedAt),
    node: facts.node,
    // its lease can be late, but it answers
    nodes: [...new Set([...now.nodes, facts.node])],
    database: { ...facts.database, version: now.databaseVersion, bytes: now.databaseBytes },
    files: facts.files,
    masterKey: {
      keptIn: facts.masterKey.keptIn,
      known,
      fault: known ? null : (facts.masterKey.fault ?? null),
      rotating: more.rotating,
      lockedEntities,
    },
    slackApp: more.slackApp,
    loopbackAllowed: facts.loopbackAllowed,
    people: now.people,
    organizations: now.organizations,
    teams: now.teams,
    audit: {
      number: head?.number ?? 0,
      hash: head?.hash ?? null,
      unsealed: unsealed.entries,
      oldestUnsealedAt: unsealed.oldestAt === null ? null : isoInstant(unsealed.oldestAt),
    },
    settings: [...facts.settings],
  };
}
