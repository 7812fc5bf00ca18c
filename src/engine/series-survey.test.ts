import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foretold, type Story, story, valuesOf } from '../../test/support/metric-story.ts';
import { casesOf } from '../../test/support/property-cases.ts';
import { compile, isMetricAutomation, type MetricAutomation } from './automation.ts';
import { judgeMetric } from './judge.ts';
import { SeriesReplay } from './series-replay.ts';
import { SeriesSurvey } from './series-survey.ts';
import { alwaysHolds, leastShortfall, shortfall } from './shortfall.ts';
import { ValueRing } from './value-ring.ts';

/** The series of a story as one automation sees it. */
function seriesOf({ lines }: Story, { series }: MetricAutomation) {
  const found = lines.flatMap((line, number) =>
    valuesOf(line).flatMap(([name, value]) => (name === series ? [{ number, value }] : [])),
  );
  return found;
}

const automationsOf = ({ edits }: Story): MetricAutomation[] =>
  [...edits.values()].map(({ record }) => compile(record)).filter(isMetricAutomation);

function pieceOf(found: readonly { readonly number: number; readonly value: number }[]) {
  return {
    firstLine: 0,
    lines: Uint32Array.from(found.map(({ number }) => number)),
    values: Float64Array.from(found.map(({ value }) => value)),
  };
}

const recordOf = (tale: Story, { id, revision }: MetricAutomation) =>
  [...tale.edits.values()]
    .map(({ record }) => record)
    .find((record) => record.id === id && record.revision === revision);

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });

test('AUT-150: a replay fires what live evaluation fires, however its values are cut', () => {
  let firings = 0;
  fc.assert(
    fc.property(story, cuts, (tale, lengths) => {
      for (const automation of automationsOf(tale)) {
        const edit = [...tale.edits.values()].find(({ record }) => record === recordOf(tale, automation))!;
        const alone: Story = { ...tale, edits: new Map([[0, { ...edit, enabled: true }]]), renamed: new Set() };
        const expected = foretold(alone);
        // the stories' filter leaves out every fourth automation: a replay is not begun for those
        const matched = Number(automation.id) % 4 !== 0;
        const found = seriesOf(tale, automation);
        const replay = new SeriesReplay(automation, []);
        const fired: string[] = [];
        for (let at = 0, cut = 0; at < found.length; cut += 1) {
          const length = lengths[cut % lengths.length]!;
          const fold = replay.fold(pieceOf(found.slice(at, at + length)));
          let step = fold.next(0);
          while (!step.done) step = fold.next(0);
          fired.push(...step.value.map(({ line }) => `${automation.id} at ${line}`));
          at += length;
        }
        firings += fired.length;
        assert.deepEqual(matched ? fired : [], expected);
      }
    }),
    { numRuns: casesOf(10_000) },
  );
  assert.ok(firings > 200, `the stories fire: ${firings}`);
});

test('AUT-153: the bounds of values say nothing that the values themselves do not', () => {
  let pruned = 0;
  fc.assert(
    fc.property(story, (tale) => {
      for (const automation of automationsOf(tale)) {
        const { event, needs } = automation;
        const values = seriesOf(tale, automation).map(({ value }) => value);
        const ring = new ValueRing(needs);
        values.forEach((value, at) => {
          ring.push(value);
          const window = values.slice(Math.max(0, at + 1 - needs), at + 1);
          if (window.length < needs) return;
          const bounds = { low: Math.min(...window), high: Math.max(...window) };
          const verdict = judgeMetric(event, ring);
          const missing = shortfall(event, verdict);
          assert.ok(missing >= leastShortfall(event, bounds), `${missing} under the bound`);
          if (verdict.fires) assert.equal(missing, 0);
          if (alwaysHolds(event, bounds)) assert.ok(verdict.fires);
          pruned += Number(leastShortfall(event, bounds) > 0);
        });
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(pruned > 500, `bounds exclude: ${pruned}`);
});

test('AUT-153: a survey counts what held and finds the nearest miss, in whichever order it looks', () => {
  fc.assert(
    fc.property(story, fc.nat(60), fc.boolean(), (tale, at, backwards) => {
      for (const automation of automationsOf(tale)) {
        const found = seriesOf(tale, automation);
        const values = found.map(({ value }) => value);
        const survey = new SeriesSurvey(automation);
        const parts = [found.slice(0, at), found.slice(at)] as const;
        const looks = [
          () => survey.stretch([])(pieceOf(parts[0])),
          () => survey.stretch(values.slice(0, at))(pieceOf(parts[1])),
        ];
        for (const look of backwards ? looks.reverse() : looks) look();
        const ring = new ValueRing(automation.needs);
        const verdicts = values.map((value) => {
          ring.push(value);
          return judgeMetric(automation.event, ring);
        });
        assert.equal(survey.looked, values.length);
        assert.equal(survey.held, verdicts.filter(({ fires }) => fires).length);
        const missed = verdicts.filter(({ fires, reason }) => !fires && reason !== 'window_not_full');
        const least = Math.min(...missed.map((verdict) => shortfall(automation.event, verdict)));
        assert.equal(survey.nearest?.shortfall ?? Number.POSITIVE_INFINITY, least);
      }
    }),
    { numRuns: 300 },
  );
});
