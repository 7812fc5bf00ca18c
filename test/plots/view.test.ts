import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Span } from '../../web/components/chart/chart-line.ts';
import { calmRange } from '../../web/components/chart/value-range.ts';
import { LINEAR, LOGARITHMIC, moved, spanBetween, stretched } from '../../web/components/chart/view.ts';

const WHOLE = [1, 1_000] as const;
const place = fc.double({ min: -500, max: 2_000, noNaN: true });
const positive = fc.double({ min: 0.5, max: 2_000, noNaN: true });
const inside = ([low, high]: readonly [number, number]) =>
  low >= WHOLE[0] - 1e-6 && high <= WHOLE[1] * (1 + 1e-9) && low < high;

test('a part that is looked at lies within the whole, whichever way a hand was drawn', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      const span = spanBetween(one, other, WHOLE, LINEAR);
      assert.deepEqual(span, spanBetween(other, one, WHOLE, LINEAR));
      if (span !== undefined) assert.ok(inside(span));
    }),
  );
  assert.equal(spanBetween(1, 1_000, WHOLE, LINEAR), undefined, 'all is no part');
  assert.equal(spanBetween(5, 5, WHOLE, LINEAR), undefined, 'nor is nothing');
});

test('moving keeps the width, on both scales, and stops at the ends', () => {
  for (const scale of [LINEAR, LOGARITHMIC]) {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: -3, max: 3, noNaN: true }), (one, other, share) => {
        const span = spanBetween(one, other, WHOLE, scale);
        if (span === undefined) return;
        const next = moved(span, share, WHOLE, scale);
        const width = ([low, high]: readonly [number, number]) => scale.to(high) - scale.to(low);
        assert.ok(Math.abs(width(next) - width(span)) <= 1e-6 * Math.max(1, width(span)));
        assert.ok(inside(next));
      }),
    );
  }
  assert.deepEqual(moved([100, 200], 0.5, WHOLE, LINEAR), [150, 250]);
  assert.deepEqual(moved([100, 200], -5, WHOLE, LINEAR), [1, 101]);
});

test('looking closer keeps the place under the pointer where it is, and from far enough away all is shown', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 100, max: 200, noNaN: true }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (about, factor) => {
        const [low, high] = stretched([100, 200], factor, about, WHOLE, LINEAR) ?? [0, 0];
        assert.ok(Math.abs((about - low) / (high - low) - (about - 100) / 100) < 1e-6);
      },
    ),
  );
  assert.equal(stretched([100, 200], 100, 150, WHOLE, LINEAR), undefined);
});

test('while somebody moves along, the values hold what is wanted, and stay while that is most of them', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const size = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const span = fc.tuple(value, size).map(([low, width]): Span => [low, low + width]);
  fc.assert(
    fc.property(span, span, (before, wanted) => {
      const shown = calmRange(before, wanted, LINEAR);
      const [margin, width] = [0.08 * (wanted[1] - wanted[0]), wanted[1] - wanted[0]];
      assert.ok(shown[0] <= wanted[0] + margin && shown[1] >= wanted[1] - margin);
      assert.ok(shown[1] - shown[0] <= 2.5 * width * (1 + 1e-9), 'what is wanted fills a good part of it');
      assert.equal(calmRange(shown, wanted, LINEAR), shown);
    }),
  );
});
