import type { DeliveryLoop } from '../delivery/loop.ts';
import type { IntegrationId } from '../model/ids.ts';
import { openDueCalls } from '../store/due-calls.ts';
import type { NodeLine } from '../store/node-line.ts';
import type { Life } from './life.ts';

/**
 * What deeds call after a commit that made deliveries: it wakes this node's loop, and calls the other nodes about
 * destinations that one of them may hold.
 *
 * @param line absent where there is one node by design
 */
export function wakeNodes(
  loop: DeliveryLoop,
  line: NodeLine | undefined,
  life: Life,
): (destinationIds: readonly IntegrationId[]) => void {
  const calls = line && openDueCalls(line, (destinationIds) => loop.wake(destinationIds));
  life.add(() => calls?.close());
  return (destinationIds) => {
    if (destinationIds.length === 0) return;
    loop.wake(destinationIds);
    calls?.tell(destinationIds.filter((id) => !loop.holds(id)));
  };
}
