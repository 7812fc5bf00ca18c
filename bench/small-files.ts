import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Logging } from '../test/support/logged-version.ts';
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
  const contents = Array.from({ length: count }, () => randomBytes(SIZE));
  const files = contents.map((bytes, at) => ({
    ...{ name: `part-${at % 100}/${at}.bin`, size: SIZE },
    digest: createHash('md5').update(bytes).digest('base64'),
  }));
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const each = (method: 'PUT' | 'GET', urls: readonly string[]) =>
    timed(() =>
      inFlight(AT_ONCE, urls, (url, at) => exchange(agent, method, url, method === 'PUT' ? contents[at] : undefined)),
    );
  const bareUrls = contents.map((_bytes, at) => `${bare}small-${at}`);
  const version = await beginVersion(place, 'small', files);
  const up = await each(
    'PUT',
    version.nodes.map(({ uploadUrl }) => uploadUrl),
  );
  const bareUp = await each('PUT', bareUrls);
  const urls = await commitPlaced(place, version, files);
  const down = await each('GET', urls);
  const bareDown = await each('GET', bareUrls);
  agent.destroy();
  sayBeside(`${round(count)} files of ${SIZE} bytes up, files/s`, count, up, bareUp);
  sayBeside('the same down', count, down, bareDown);
}

async function exchange(agent: Agent, method: string, url: string, bytes: Buffer | undefined): Promise<void> {
  const headers = bytes === undefined ? {} : { 'content-length': bytes.length };
  const sent = request(url, { method, agent, headers });
  sent.end(bytes);
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  for await (const _ of answer);
  if (answer.statusCode !== 200) throw new Error(`${method} was answered ${answer.statusCode}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
