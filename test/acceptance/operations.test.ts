import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { parse } from 'yaml';
import type { Scene } from '../support/scene.ts';
import type { Server } from '../support/server.ts';
import { stage } from '../support/stage.ts';
import { until } from '../support/wait.ts';
import { metric } from '../support/wire-events.ts';

/** What `/metrics` tells: each sample by its name and labels. */
async function samplesOf(server: Server): Promise<ReadonlyMap<string, number>> {
  const answer = await server.call('/metrics');
  strictEqual(answer.status, 200);
  match(String(answer.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  return new Map(answer.text.split('\n').flatMap((line) => sampleOf(line) ?? []));
}

/** @throws Error when the line is none of the text form of Prometheus */
function sampleOf(line: string): [string, number][] | undefined {
  if (line === '' || /^# (HELP [a-z_0-9]+ \S.*|TYPE [a-z_0-9]+ (counter|gauge|histogram|summary))$/.test(line))
    return undefined;
  const [, name, value] = /^([a-z_0-9]+(?:\{(?:[a-z_]+="[^"\\]*",?)+\})?) (\S+)$/.exec(line) ?? [];
  if (name === undefined || !(/^nan$/i.test(value ?? '') || value === '+Inf' || Number.isFinite(Number(value))))
    throw new Error(`not a sample: ${line}`);
  return [[name, Number(value)]];
}

/** How much the samples have grown once one of them has grown by so much. */
async function growth(server: Server, before: ReadonlyMap<string, number>, sample: string, by = 1) {
  return until(`${sample} to grow by ${by}`, async () => {
    const now = await samplesOf(server);
    const grown = (name: string) => (now.get(name) ?? 0) - (before.get(name) ?? 0);
    return grown(sample) >= by && { grown, now };
  });
}

const sent = (verdict: string, answer: string) =>
  `tripline_delivery_attempts_total{verdict="${verdict}",answer="${answer}"}`;
const ended = (status: string, reason: string) =>
  `tripline_executions_ended_total{status="${status}",reason="${reason}"}`;

describe('embedded', () => {
  const scenario = stage('embedded');

  const fire = async (scene: Scene) => (await scene.run()).log({ loss: 11 });
  const logged = (server: Server, message: string) =>
    until(`the log to say '${message}'`, () => {
      const line = server.log.split('\n').findLast((text) => text.includes(message));
      return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
    });

  scenario('a delivered execution moves the numbers from its lines to its end', async (scene) => {
    const { server } = scene;
    const before = await samplesOf(server);
    const watch = await scene.automation(metric('loss', '$gt', 10));
    await (await scene.run()).log({ loss: 1, other: 2 }, { loss: 11, other: 2 });
    await watch.fires(1);
    const { grown, now } = await growth(server, before, ended('finished', 'none'));
    strictEqual(grown('tripline_ingest_evaluations_total'), 2);
    ok(grown('tripline_ingest_points_total') >= 4);
    strictEqual(grown('tripline_ingest_lines_total'), 2);
    ok(grown('tripline_ingest_chunks_total') >= 1);
    ok(grown('tripline_ingest_bytes_total') > 20);
    strictEqual(grown('tripline_ingest_transactions_total'), grown('tripline_ingest_group_size_count'));
    strictEqual(grown('tripline_events_total{type="RUN_METRIC"}'), 1);
    strictEqual(grown('tripline_executions_total{type="RUN_METRIC",begins="pending"}'), 1);
    strictEqual(grown(sent('done', '2xx')), 1);
    strictEqual(grown('tripline_delivery_attempt_duration_seconds_count'), 1);
    strictEqual(grown('tripline_delivery_delay_seconds_count'), 1);
    ok(now.get('tripline_delivery_leases')! >= 1);
    ok(now.get('tripline_database_connections_open')! >= 1);
    ok(now.get('tripline_collecting_turns_total{outcome="done"}')! >= 1);
    ok(now.get('tripline_delivery_look_age_seconds')! < 30);
  });

  scenario('each fault of a receiver has a number and a line in the log, and no name in a label', async (scene) => {
    const { server } = scene;
    const before = await samplesOf(server);
    const watch = await scene.automation(metric('loss', '$gt', 10));
    watch.inbox.reply(404);
    await fire(scene);
    await growth(server, before, ended('failed', 'http_4xx'));
    const failed = await logged(server, 'a delivery failed');
    deepStrictEqual([failed.outcome, failed.reason, failed.status, failed.attempt], ['failed', 'http_404', 404, 1]);
    match(String(failed.execution), /^exe_/);
    match(String(failed.integration), /^\d+$/);

    watch.inbox.reply(503);
    await fire(scene);
    const { now } = await growth(server, before, sent('not_before', '5xx'));
    strictEqual((await logged(server, 'a delivery is tried again')).integration, failed.integration);
    ok(now.get('tripline_deliveries_queued') !== undefined);

    watch.inbox.reply('cut', 'cut');
    await fire(scene);
    await growth(server, before, sent('not_before', 'reset'));

    watch.inbox.reply(410);
    await fire(scene);
    const gone = await growth(server, before, 'tripline_integrations_disabled_total');
    match(String((await logged(server, 'an integration was disabled')).reason), /410/);

    await fire(scene);
    await growth(server, before, ended('skipped', 'webhook_disabled'));
    const names = [...gone.now.keys()].join('\n');
    for (const name of [scene.team, scene.person.username, watch.name]) ok(!names.includes(name), name);
  });

  scenario('docs/operations.md names every number that is told, with its meaning, and no other', async ({ server }) => {
    const { text } = await server.call('/metrics');
    const told = new Set([...text.matchAll(/^# HELP (tripline_\w+) /gm)].map(([, name]) => name));
    const docs = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const listed = [...docs.matchAll(/^\| `(tripline_\w+)`/gm)].map(([, name]) => name);
    deepStrictEqual(listed.toSorted(), [...told].toSorted());
    const parts = new Set([...told].flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]));
    for (const [name] of docs.matchAll(/tripline_\w+/g)) ok(parts.has(name), name);
    for (const line of docs.matchAll(/^\| `.+` \|.*\|$/gm)) ok(!line[0].includes('| |'), line[0]);
    const [, rules = ''] = /```yaml\n(groups:[\s\S]+?)```/.exec(docs) ?? [];
    const { groups } = parse(rules) as { groups: { rules: { alert: string; expr: string; annotations: object }[] }[] };
    for (const { alert, expr } of groups.flatMap((group) => group.rules)) ok(/tripline_|^up/.test(expr), alert);
  });
});
