import { lookup, Resolver } from 'node:dns/promises';

/** Resolves a name to all its addresses; rejects with the error of the resolver. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** As every program of this machine does, its hosts file included. */
export const systemLookup: Lookup = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/** For each question to a server, in milliseconds; it is put twice. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * Asks name servers directly, each time anew.
 *
 * @param servers addresses with or without a port; the next is asked when one does not answer
 */
export function nameServerLookup(servers: readonly string[]): Lookup {
  const resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: 2 });
  resolver.setServers(servers);
  return async (host) => {
    const asked = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found;
    for (const answer of asked) if (answer.status === 'rejected') throw answer.reason;
    return [];
  };
}
