import { timed } from './exchange.ts';

/** Seconds that the same work took in two places. */
export interface Beside {
  readonly ours: number;
  readonly bare: number;
}

type Work<Item> = (items: Item[]) => Promise<unknown>;

/** Does the same work in two places turn by turn, so that whatever else the machine does meets both alike. */
export async function inTurns<Item>(
  items: readonly Item[],
  { each, ours, bare }: { readonly each: number; readonly ours: Work<Item>; readonly bare: Work<Item> },
): Promise<Beside> {
  const took = { ours: 0, bare: 0 };
  for (let first = 0; first < items.length; first += each) {
    const turn = items.slice(first, first + each);
    took.ours += await timed(() => ours(turn));
    took.bare += await timed(() => bare(turn));
  }
  return took;
}
