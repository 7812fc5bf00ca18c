import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { codeOf, knowsNothing } from './failure.ts';
import { type Lookup, nameServerLookup } from './lookup.ts';

export interface SystemLookupOptions {
  /** Default: `/etc/hosts`. */
  readonly hostsFile?: string;
  /** Default: those that this machine is set to ask. */
  readonly nameServers?: readonly string[];
  /** Whatever else this machine asks: search domains, multicast, directories. Default: `getaddrinfo`. */
  readonly elsewhere?: Lookup;
}

/**
 * Resolves as the programs of this machine do: its hosts file, its name servers, and where those know nothing, whatever
 * else it is set to ask. Only that last one occupies a thread while it waits, of which Node has few for all look-ups;
 * it is asked for one name at a time, so that names whose server is silent do not delay others.
 */
export function systemLookup(options: SystemLookupOptions = {}): Lookup {
  const { hostsFile = '/etc/hosts', nameServers, elsewhere = getaddrinfo } = options;
  const ask = nameServerLookup(nameServers);
  const askElsewhere = oneAtATime(elsewhere);
  return async (host) => {
    if (await isListed(host, hostsFile)) return getaddrinfo(host);
    try {
      const found = await ask(host);
      if (found.length > 0) return found;
    } catch (error) {
      // refused: by a machine that has no name server
      if (!knowsNothing(error) && codeOf(error) !== 'ECONNREFUSED') throw error;
    }
    return askElsewhere(host);
  };
}

const getaddrinfo: Lookup = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/** Whether a name stands in the hosts file, which is then asked before any server. */
async function isListed(host: string, hostsFile: string): Promise<boolean> {
  const name = host.toLowerCase().replace(/\.$/, '');
  const text = await readFile(hostsFile, 'utf8').catch(() => '');
  return text.split('\n').some((line) => {
    const [_address, ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    return names.includes(name);
  });
}

/** Asks for one name after the other; who asks for a name that waits gets the same answer. */
function oneAtATime(lookup: Lookup): Lookup {
  const waiting = new Map<string, ReturnType<Lookup>>();
  let last: Promise<unknown> = Promise.resolve();
  return (host) => {
    const same = waiting.get(host);
    if (same !== undefined) return same;
    const found = last.then(() => lookup(host)).finally(() => waiting.delete(host));
    waiting.set(host, found);
    last = found.catch(() => {});
    return found;
  };
}
