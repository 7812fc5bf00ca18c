import { createHash, randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import type { Logging } from '../test/support/logged-version.ts';
import { get, put, timed } from './exchange.ts';
import { sayBeside } from './files.ts';
import { inFlight } from './in-flight.ts';
import { round } from './report.ts';
import { beginVersion, commitPlaced } from './version-steps.ts';

const SIZE = 4_096;
const AT_ONCE = 16;

/** Many small files of one version up and down, beside the same to and from a bare server. */
export async function measureSmallFiles(
  place: Logging,
  { bare, count }: { readonly bare: string; readonly count: number },
): Promise<void> {
  const contents = Array.from({ length: count }, () => {
    const bytes = randomBytes(SIZE);
    return { bytes, size: SIZE, md5: createHash('md5').update(bytes).digest() };
  });
  const files = contents.map(({ md5 }, at) => ({
    ...{ name: `part-${at % 100}/${at}.bin`, size: SIZE },
    digest: md5.toString('base64'),
  }));
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const send = (urls: readonly string[]) =>
    timed(() =>
      inFlight(AT_ONCE, contents, async (content, at) => {
        await put(urls[at] ?? '', content, agent);
      }),
    );
  const fetchAll = (urls: readonly string[]) =>
    timed(() =>
      inFlight(AT_ONCE, urls, async (url) => {
        await get(url, agent);
      }),
    );
  const bareUrls = contents.map((_bytes, at) => `${bare}small-${at}`);
  const version = await beginVersion(place, 'small', files);
  const up = await send(version.nodes.map(({ uploadUrl }) => uploadUrl));
  const bareUp = await send(bareUrls);
  const urls = await commitPlaced(place, version, files);
  const down = await fetchAll(urls);
  const bareDown = await fetchAll(bareUrls);
  agent.destroy();
  sayBeside(`${round(count)} files of ${SIZE} bytes up, files/s`, count, up, bareUp);
  sayBeside('the same down', count, down, bareDown);
}
