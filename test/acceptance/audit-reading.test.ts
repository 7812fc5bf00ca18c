import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { rest } from '../support/rest.ts';
import type { Person, Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { until } from '../support/wait.ts';

interface Entry {
  readonly id: string;
  readonly entityId: string;
  readonly deed: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly reason: string | null;
  readonly origin: unknown;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly number: number | null;
  readonly hash: string | null;
  readonly at: string;
}

/** All that matches, by pages of three. */
async function listed({ server }: Scene, { key }: Person, entity: string, filter = ''): Promise<Entry[]> {
  const items: Entry[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`;
    const path = `/entities/${entity}/audit?limit=3${filter}${next}`;
    const page: { items: Entry[]; nextCursor: string | null } = await rest(server, key, path);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** All entries, once the last of them is sealed: after that none changes. */
const settled = (scene: Scene, entity: string) =>
  until('all entries to be sealed', async () => {
    const entries = await listed(scene, scene.person, entity);
    return entries.every(({ number }) => number !== null) && entries;
  });

async function exported({ server, person }: Scene, entity: string, query: string): Promise<string> {
  const answer = await server.call(`/api/v1/entities/${entity}/audit/export?${query}`, { key: person.key });
  strictEqual(answer.status, 200, answer.text);
  match(String(answer.headers['content-type']), query.includes('csv') ? /^text\/csv/ : /^application\/jsonl/);
  return answer.text;
}

/** Rows of cells by RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

/** What a row must say: texts that a spreadsheet would run are led by an apostrophe. */
function cellsOf({ actor, subject, ...entry }: Entry): string[] {
  const { id, entityId, at, deed, reason, origin, before, after, number, hash } = entry;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const kinds = [id, entityId, at, deed, actor.kind, actor.id, actor.name, reason, json(origin), subject.kind];
  const cells = [...kinds, subject.id, subject.name, json(before), json(after), number, hash];
  return cells.map((cell) => String(cell ?? '').replace(/^(?=[=+\-@\t\r])/, "'"));
}

const FORMULAS = ['=HYPERLINK("http://x","y")', '+1+1', '-2', '@SUM(A1)', 'a, "quoted"', "'harmless"];

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario('admins read the log of an entity, and of an organization with its teams; others do not', async (scene) => {
    const { server, person, teammate, organization, team } = scene;
    await scene.webhook();
    const members = `/organizations/${organization}/members`;
    const other = { username: `${person.username}-o`, key: `${person.key}o` };
    const user = { username: other.username, apiKey: other.key };
    await rest(server, server.adminKey, '/users', { method: 'POST', body: user });
    const status = async (key: string, entity: string) => {
      const paths = ['', '/export'].map((path) => server.call(`/api/v1/entities/${entity}/audit${path}`, { key }));
      const [list, all] = (await Promise.all(paths)).map((answer) => answer.status);
      strictEqual(list, all);
      return list;
    };
    strictEqual(await status(other.key, team), 404);
    strictEqual(await status(other.key, organization), 404);
    await rest(server, person.key, members, { method: 'POST', body: { username: other.username, role: 'member' } });
    for (const { key } of [teammate, other]) strictEqual(await status(key, organization), 403);
    strictEqual(await status(teammate.key, team), 403);

    const promotion = { username: teammate.username, role: 'admin' };
    await rest(server, person.key, `/entities/${team}/members`, { method: 'POST', body: promotion });
    strictEqual(await status(teammate.key, team), 200);
    strictEqual(await status(teammate.key, organization), 403, 'an admin of a team is none of its organization');
    await rest(server, person.key, members, { method: 'POST', body: { username: other.username, role: 'admin' } });
    strictEqual(await status(person.key, other.username), 404);

    const ofTeam = await listed(scene, teammate, team);
    const ofBoth = await listed(scene, other, organization);
    deepStrictEqual(
      ofTeam.map(({ deed }) => deed),
      ['member.role_changed', 'webhook.created', 'project.created'],
    );
    const own = ofBoth.filter(({ entityId }) => entityId !== ofTeam[0]?.entityId);
    deepStrictEqual(
      own.map(({ deed }) => deed),
      ['member.role_changed', 'member.added', 'team.created'],
    );
    const ids = (entries: readonly Entry[]) => entries.map(({ id }) => BigInt(id));
    deepStrictEqual(
      ids(ofBoth),
      ids([...ofTeam, ...own]).sort((a, b) => (a < b ? 1 : -1)),
    );
  });

  scenario('an export is the filtered list, and no cell of it is a formula', async (scene) => {
    const { server, person, team, project } = scene;
    for (const name of FORMULAS) {
      const body = { name, description: `${name}\r\nsecond line`, scope: { kind: 'project', project } };
      const event = { type: 'RUN_STATE', states: ['FAILED'] };
      const whole = { ...body, event, action: { type: 'NO_OP' } };
      await rest(server, person.key, `/entities/${team}/automations`, { method: 'POST', body: whole });
    }
    const entries = await settled(scene, team);
    ok(entries.length >= FORMULAS.length + 1);
    const [from, to] = [entries.at(-2)?.at ?? '', entries[1]?.at ?? ''];
    for (const [filter, count] of [
      ['', entries.length],
      ['&deed=automation.created', FORMULAS.length],
      [`&actor=${person.username}`, entries.length],
      [`&actorKind=user&subject=${encodeURIComponent('+1+1')}`, 1],
      ['&actorKind=system', 0],
      ['&actor=system', 0],
      [`&from=${from}&to=${to}`, entries.filter(({ at }) => at >= from && at < to).length],
    ] as const) {
      const list = await listed(scene, person, team, filter);
      strictEqual(list.length, count, filter);
      const lines = (await exported(scene, team, `format=jsonl${filter}`)).split('\n').slice(0, -1);
      deepStrictEqual(
        lines.map((line) => JSON.parse(line)),
        list,
      );
      const [head, ...rows] = parseCsv(await exported(scene, team, `format=csv${filter}`));
      strictEqual(head?.length, 16);
      deepStrictEqual(rows, list.map(cellsOf));
      for (const cell of rows.flat()) ok(!/^[=+\-@\t\r]/.test(cell), cell);
    }
    strictEqual((await server.call(`/api/v1/entities/${team}/audit?deed=nothing`, { key: person.key })).status, 400);
  });
});
