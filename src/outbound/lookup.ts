import { Resolver } from 'node:dns/promises';
import { knowsNothing } from './failure.ts';

/** Resolves a name to all its addresses; rejects with the error of the resolver. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** For the first question to a server, in milliseconds; the second is given twice that. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * Asks name servers directly, each time anew.
 *
 * @param servers addresses with or without a port; the next is asked when one does not answer. Default: those that
 *   this machine is set to ask at that moment
 */
export function nameServerLookup(servers?: readonly string[]): Lookup {
  return async (host) => {
    // one for each name: what others did not answer must not shorten its time
    const resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const asked = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const reasons = asked.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    if (found.length > 0 || reasons.length === 0) return found;
    throw reasons.find((reason) => !knowsNothing(reason)) ?? reasons[0];
  };
}
