import { type Arrow, backArrows, layersOf } from './layers.ts';

/** Sizes in the units of the drawing. */
export interface Sizes {
  readonly width: number;
  readonly height: number;
  /** Between layers, and between nodes of one layer. */
  readonly gapX: number;
  readonly gapY: number;
}

export interface PlacedNode {
  readonly id: string;
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedArrow extends Arrow {
  /** Where it begins, what it passes, where it ends. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** It leads back to where one came from. */
  readonly isBack: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly arrows: readonly PlacedArrow[];
}

/** A node of a layer, or the place where an arrow passes through it. */
interface Slot {
  readonly id: string;
  readonly height: number;
  y: number;
  readonly before: Slot[];
  readonly after: Slot[];
}

const TURNS = 12;
/** What an arrow takes up where it passes a layer. */
const LANE = 12;

/**
 * Lays a graph out in layers, from the left to the right: no nodes overlap, and every arrow leads to the right but
 * those that close a ring. The same graph is laid out the same way always.
 *
 * @param ids of the nodes, each once
 * @param arrows between them
 */
export function layOut(ids: readonly string[], arrows: readonly Arrow[], sizes: Sizes): Layout {
  const { width, height, gapX, gapY } = sizes;
  const back = backArrows(ids, arrows);
  const forward = arrows.filter((arrow) => !back.has(arrow));
  const layerOf = layersOf(ids, forward);
  const { layers, lanes } = slotsOf(ids, forward, layerOf, height);
  for (const layer of layers) stack(layer, gapY);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const isDown = turn % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) settle(layer, isDown ? 'before' : 'after', gapY);
  }
  const top = Math.min(0, ...layers.flat().map(({ y }) => y));
  const slots = new Map(layers.flat().map((slot) => [slot.id, slot]));
  const xOf = (id: string): number => (layerOf.get(id) ?? 0) * (width + gapX);
  const yOf = (id: string): number => (slots.get(id)?.y ?? 0) - top;
  const nodes = ids.map((id) => ({ id, x: xOf(id), y: yOf(id) }));
  const placed = arrows.map((arrow): PlacedArrow => {
    const { from, to } = arrow;
    const begin = [xOf(from) + width, yOf(from) + height / 2] as const;
    const end = [xOf(to), yOf(to) + height / 2] as const;
    const between = (lanes.get(arrow) ?? []).flatMap((lane, index) => {
      const x = ((layerOf.get(from) ?? 0) + index + 1) * (width + gapX);
      const y = lane.y - top + LANE / 2;
      return [[x, y] as const, [x + width, y] as const];
    });
    return { from, to, points: [begin, ...between, end], isBack: back.has(arrow) };
  });
  return {
    width: Math.max(0, ...nodes.map(({ x }) => x + width)),
    height: Math.max(0, ...layers.flat().map((slot) => slot.y - top + slot.height)),
    nodes,
    arrows: placed,
  };
}

function slotsOf(
  ids: readonly string[],
  arrows: readonly Arrow[],
  layerOf: ReadonlyMap<string, number>,
  height: number,
): { readonly layers: Slot[][]; readonly lanes: ReadonlyMap<Arrow, readonly Slot[]> } {
  const layers = Array.from({ length: Math.max(0, ...layerOf.values()) + 1 }, (): Slot[] => []);
  const add = (id: string, at: number, size: number): Slot => {
    const slot = { id, height: size, y: 0, before: [], after: [] };
    layers[at]?.push(slot);
    return slot;
  };
  const slots = new Map(ids.map((id) => [id, add(id, layerOf.get(id) ?? 0, height)]));
  const lanes = new Map<Arrow, Slot[]>();
  for (const [index, arrow] of arrows.entries()) {
    const [from, to] = [slots.get(arrow.from), slots.get(arrow.to)];
    if (from === undefined || to === undefined) continue;
    const passed: Slot[] = [];
    let last = from;
    for (let at = (layerOf.get(arrow.from) ?? 0) + 1; at < (layerOf.get(arrow.to) ?? 0); at += 1) {
      const lane = add(`lane ${index} ${at}`, at, LANE);
      connect(last, lane);
      passed.push(lane);
      last = lane;
    }
    connect(last, to);
    lanes.set(arrow, passed);
  }
  return { layers, lanes };
}

function connect(from: Slot, to: Slot): void {
  from.after.push(to);
  to.before.push(from);
}

function stack(layer: readonly Slot[], gap: number): void {
  let y = 0;
  for (const slot of layer) {
    slot.y = y;
    y += slot.height + gap;
  }
}

/** Moves each slot of a layer towards the middle of its neighbours on one side, in the order of those. */
function settle(layer: Slot[], side: 'before' | 'after', gap: number): void {
  const wanted = new Map(layer.map((slot) => [slot, wantedTop(slot, slot[side])]));
  const at = (slot: Slot): number => wanted.get(slot) ?? slot.y;
  // a stable sort: what wants the same place keeps its order
  layer.sort((one, other) => at(one) + one.height / 2 - (at(other) + other.height / 2));
  let free = Number.NEGATIVE_INFINITY;
  let shift = 0;
  for (const slot of layer) {
    slot.y = Math.max(at(slot), free);
    free = slot.y + slot.height + gap;
    shift += slot.y - at(slot);
  }
  // pushed down only, they would all hang below their neighbours
  for (const slot of layer) slot.y -= shift / layer.length;
}

function wantedTop(slot: Slot, neighbours: readonly Slot[]): number {
  if (neighbours.length === 0) return slot.y;
  const middles = neighbours.map(({ y, height }) => y + height / 2);
  return middles.reduce((sum, each) => sum + each, 0) / middles.length - slot.height / 2;
}
