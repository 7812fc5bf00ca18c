import { groupBy } from '../../../../../src/model/group-by.ts';

/** From one node to another, both by name. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/**
 * The arrows that would go back to where one came from, so that without them the graph has no ring. Which arrow of a
 * ring it is depends on the order of the nodes alone.
 */
export function backArrows(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlySet<Arrow> {
  const out = groupBy(arrows, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<Arrow>();
  for (const start of nodes) {
    if (state.has(start)) continue;
    state.set(start, 'open');
    // by hand: a lineage may be deeper than calls may be nested
    const path = [{ node: start, left: [...(out.get(start) ?? [])] }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arrow = top.left.pop();
      if (arrow === undefined) {
        state.set(top.node, 'done');
        path.pop();
      } else if (state.get(arrow.to) === 'open') {
        back.add(arrow);
      } else if (!state.has(arrow.to)) {
        state.set(arrow.to, 'open');
        path.push({ node: arrow.to, left: [...(out.get(arrow.to) ?? [])] });
      }
    }
  }
  return back;
}

/**
 * The layer of each node: behind all that leads to it, and as near as that allows to what follows, so that what has
 * nothing before it stands beside what it is for. @param arrows without a ring
 */
export function layersOf(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const order = inOrder(nodes, arrows);
  const layer = new Map(order.map((node) => [node, 0]));
  const into = groupBy(arrows, ({ to }) => to);
  const out = groupBy(arrows, ({ from }) => from);
  const at = (node: string): number => layer.get(node) ?? 0;
  for (const node of order) {
    const before = (into.get(node) ?? []).map(({ from }) => at(from) + 1);
    layer.set(node, Math.max(0, ...before));
  }
  for (const node of order.toReversed()) {
    const after = (out.get(node) ?? []).map(({ to }) => at(to) - 1);
    if ((into.get(node) ?? []).length === 0 && after.length > 0) layer.set(node, Math.min(...after));
  }
  return layer;
}

/** Each node behind all that leads to it. */
function inOrder(nodes: readonly string[], arrows: readonly Arrow[]): string[] {
  const waiting = new Map(nodes.map((node) => [node, 0]));
  for (const { to } of arrows) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const out = groupBy(arrows, ({ from }) => from);
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  const order: string[] = [];
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    order.push(node);
    for (const { to } of out.get(node) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return order;
}
