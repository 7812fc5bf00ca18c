import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_FLOOD_LIMITS, type FloodLimits, FRESH_METER, strictest, takeTurn } from './flood-limit.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 24, 10, 20);

/** When each match starts; `undefined` for those that are skipped. */
function turnsOf(matches: readonly number[], limits: FloodLimits): (number | undefined)[] {
  let meter = FRESH_METER;
  return matches.map((now) => {
    const turn = takeTurn(meter, now, limits);
    meter = turn.meter;
    return turn.kind === 'skipped' ? undefined : turn.at;
  });
}

/** The same by looking at everything that was ever made: a bucket of starts that fills up again, one for each. */
function naiveTurns(matches: readonly number[], limits: FloodLimits): (number | undefined)[] {
  const interval = 60_000 / limits.perMinute;
  const made: { at: number; by: number }[] = [];
  const hourOf = (instant: number) => Math.floor(instant / HOUR);
  const startAfter = (now: number): number => {
    // what the bucket holds, counted in milliseconds of filling, after each start so far
    let [level, last] = [limits.atOnce * interval, 0];
    for (const { at } of made) {
      level = Math.min(limits.atOnce * interval, level + (at - last)) - interval;
      last = at;
    }
    const from = Math.max(now, last);
    const then = Math.min(limits.atOnce * interval, level + (from - last));
    return then >= interval ? from : from + (interval - then);
  };
  return matches.map((now) => {
    const waiting = made.filter(({ at }) => at > now).length;
    const today = made.filter(({ by }) => hourOf(now) - hourOf(by) <= 24).length;
    const at = startAfter(now);
    if ((at > now && waiting >= limits.waiting) || today >= limits.perDay) return undefined;
    made.push({ at, by: now });
    return at;
  });
}

const limits = fc.record({
  atOnce: fc.integer({ min: 1, max: 8 }),
  perMinute: fc.constantFrom(6, 60, 600),
  waiting: fc.integer({ min: 0, max: 6 }),
  perDay: fc.integer({ min: 1, max: 25 }),
});
const gap = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * SECOND }), fc.integer({ min: 0, max: 30 * HOUR }));
const matches = fc.array(gap, { maxLength: 60 }).map((gaps) => {
  let now = START;
  return gaps.map((each) => {
    now += each;
    return now;
  });
});

test('turns are those of a bucket that is looked at anew for every match', () => {
  fc.assert(fc.property(matches, limits, (all, some) => assert.deepEqual(turnsOf(all, some), naiveTurns(all, some))));
});

test('in no 24 hours more are made than a day allows', () => {
  fc.assert(
    fc.property(matches, limits, (all, some) => {
      const made = all.filter((_, place) => turnsOf(all, some)[place] !== undefined);
      for (const from of made) {
        assert.ok(made.filter((at) => at >= from && at < from + DAY).length <= some.perDay);
      }
    }),
  );
});

test('AUT-089: of 2,000 at one instant 120 start at once, 1,000 one a second, and 880 are skipped', () => {
  const turns = turnsOf(Array<number>(2000).fill(START), DEFAULT_FLOOD_LIMITS);
  assert.deepEqual(turns.slice(0, 120), Array(120).fill(START));
  assert.deepEqual(
    turns.slice(120, 1120),
    Array.from({ length: 1000 }, (_, place) => START + (place + 1) * SECOND),
  );
  assert.deepEqual(turns.slice(1120), Array(880).fill(undefined));
});

test('after 10,000 within a day there is room again when their hours have passed', () => {
  const steady = Array.from({ length: 10_001 }, (_, place) => START + place * SECOND);
  const turns = turnsOf([...steady, START + 26 * HOUR], DEFAULT_FLOOD_LIMITS);
  assert.deepEqual(turns.slice(0, 10_000), steady.slice(0, 10_000));
  assert.deepEqual(turns.slice(10_000), [undefined, START + 26 * HOUR]);
});

test('a clock that is set back keeps what was made', () => {
  const turns = turnsOf([START, START - 60 * SECOND, START], { ...DEFAULT_FLOOD_LIMITS, perDay: 2 });
  assert.deepEqual(
    turns.map((turn) => turn === undefined),
    [false, false, true],
  );
});

test('of the limits of server and automation the stricter ones count', () => {
  assert.deepEqual(strictest(DEFAULT_FLOOD_LIMITS, null), DEFAULT_FLOOD_LIMITS);
  const own = { atOnce: 5, perMinute: 600, waiting: undefined };
  assert.deepEqual(strictest(DEFAULT_FLOOD_LIMITS, own), { ...DEFAULT_FLOOD_LIMITS, atOnce: 5 });
});

test('skipping begins once, and anew after 24 hours without', () => {
  const tight = { ...DEFAULT_FLOOD_LIMITS, perDay: 1 };
  let meter = FRESH_METER;
  const begins = [START, START + 1, START + 2, START + DAY, START + 26 * HOUR, START + 50 * HOUR].map((now) => {
    const turn = takeTurn(meter, now, tight);
    meter = turn.meter;
    return turn.kind === 'skipped' && turn.begins;
  });
  assert.deepEqual(begins, [false, true, false, false, false, true]);
});
