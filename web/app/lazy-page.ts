import { lazyRouteComponent } from '@tanstack/react-router';
import { isReached, tellAway, untilReached } from '../lib/reach.ts';

/** A page whose code is read when it is first opened. A server that is away meanwhile is waited for. */
export const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => patiently(load), name);

async function patiently<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      // what a server lacks that is there belongs to another release: the router loads that
      if (await isReached()) throw error;
      tellAway();
      await untilReached();
    }
  }
}
