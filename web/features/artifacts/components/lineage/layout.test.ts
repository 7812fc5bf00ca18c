import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Arrow } from './layers.ts';
import { type Layout, layOut } from './layout.ts';

const SIZES = { width: 200, height: 50, gapX: 60, gapY: 16 };

/** Graphs with rings, loose nodes and arrows that pass several layers; and those without rings. */
const graphs = (ringless: boolean) =>
  fc.integer({ min: 1, max: 24 }).chain((size) =>
    fc
      .uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {
        maxLength: 60,
        selector: ([from, to]) => `${from} ${to}`,
      })
      .map((pairs) => ({
        ids: Array.from({ length: size }, (_, index) => `n${index}`),
        arrows: pairs
          .filter(([from, to]) => (ringless ? from < to : from !== to))
          .map(([from, to]): Arrow => ({ from: `n${from}`, to: `n${to}` })),
      })),
  );

function assertApart({ nodes, width, height }: Layout): void {
  for (const one of nodes) {
    assert.ok(one.x >= 0 && one.y >= 0 && one.x + SIZES.width <= width && one.y + SIZES.height <= height + 1e-6);
    for (const other of nodes) {
      if (one === other || one.x !== other.x) continue;
      assert.ok(Math.abs(one.y - other.y) >= SIZES.height + SIZES.gapY - 1e-6, `${one.id} lies on ${other.id}`);
    }
  }
}

function assertForward({ nodes, arrows }: Layout): void {
  const xOf = new Map(nodes.map(({ id, x }) => [id, x]));
  for (const { from, to, isBack, points } of arrows) {
    if (isBack) continue;
    assert.ok((xOf.get(from) ?? 0) + SIZES.width < (xOf.get(to) ?? 0), `${from} > ${to}`);
    for (const [index, [x]] of points.entries()) assert.ok(x >= (points[index - 1]?.[0] ?? x));
  }
}

test('no nodes overlap, and arrows lead to the right but those that close a ring', () => {
  fc.assert(
    fc.property(graphs(false), ({ ids, arrows }) => {
      const layout = layOut(ids, arrows, SIZES);
      assert.deepEqual(
        layout.nodes.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        layout.arrows.map(({ from, to }) => ({ from, to })),
        arrows,
      );
      assertApart(layout);
      assertForward(layout);
    }),
  );
});

test('where there is no ring every arrow leads to the right', () => {
  fc.assert(
    fc.property(graphs(true), ({ ids, arrows }) => {
      const layout = layOut(ids, arrows, SIZES);
      assert.ok(layout.arrows.every(({ isBack }) => !isBack));
      assertForward(layout);
    }),
  );
});

test('the same graph is laid out the same way, and a chain is one line', () => {
  const ids = ['a', 'b', 'c'];
  const arrows = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
  ];
  const layout = layOut(ids, arrows, SIZES);
  assert.deepEqual(layout, layOut(ids, arrows, SIZES));
  assert.deepEqual(
    layout.nodes.map(({ x, y }) => [x, y]),
    [
      [0, 0],
      [260, 0],
      [520, 0],
    ],
  );
});

test('one of two arrows that lead to each other is the way back', () => {
  const { arrows } = layOut(
    ['run', 'version'],
    [
      { from: 'run', to: 'version' },
      { from: 'version', to: 'run' },
    ],
    SIZES,
  );
  assert.deepEqual(
    arrows.map(({ isBack }) => isBack),
    [false, true],
  );
});
