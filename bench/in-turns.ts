import { timed } from './exchange.ts';
import { inFlight } from './in-flight.ts';

/** Seconds that the same work took in two places. */
export interface Beside {
  readonly ours: number;
  readonly bare: number;
}

interface Turns<Item> {
  /** Items of one turn. */
  readonly each: number;
  readonly atOnce: number;
  readonly work: (item: Item, where: keyof Beside) => Promise<unknown>;
}

/** Does the same work in two places turn by turn, so that whatever else the machine does meets both alike. */
export async function inTurns<Item>(items: readonly Item[], { each, atOnce, work }: Turns<Item>): Promise<Beside> {
  const took = { ours: 0, bare: 0 };
  for (let first = 0; first < items.length; first += each) {
    const turn = items.slice(first, first + each);
    for (const where of ['ours', 'bare'] as const)
      took[where] += await timed(() => inFlight(atOnce, turn, async (item) => void (await work(item, where))));
  }
  return took;
}
