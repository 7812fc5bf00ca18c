import { createHash, randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import type { Logging } from '../test/support/logged-version.ts';
import { get, put } from './exchange.ts';
import { sayBeside } from './files.ts';
import { type Beside, inTurns } from './in-turns.ts';
import { round } from './report.ts';
import { beginVersion, commitPlaced } from './version-steps.ts';

const SIZE = 4_096;
/** As many as the client sends (`DefaultConcurrencyLimit` of its file transfers). */
const UP_AT_ONCE = 128;
/** As many as the client gets (`_FILE_EXECUTOR_WORKERS`). */
const DOWN_AT_ONCE = 32;
/** Files that are sent before the bare server's turn. */
const TURN = 1_000;

interface SmallFiles {
  readonly bare: string;
  readonly count: number;
}

/** Many small files of one version up and down, beside the same to and from a bare server. */
export async function measureSmallFiles(place: Logging, small: SmallFiles): Promise<void> {
  // the bare server has worked before, and so must ours have
  await upAndDown(place, 'small-before', small);
  const { up, down } = await upAndDown(place, 'small', small);
  sayBeside(`${round(small.count)} files of ${SIZE} bytes up, files/s`, small.count, up);
  sayBeside('the same down', small.count, down);
}

async function upAndDown(
  place: Logging,
  collection: string,
  { bare, count }: SmallFiles,
): Promise<{ up: Beside; down: Beside }> {
  const contents = Array.from({ length: count }, () => {
    const bytes = randomBytes(SIZE);
    return { bytes, size: SIZE, md5: createHash('md5').update(bytes).digest() };
  });
  const files = contents.map(({ md5 }, at) => ({
    ...{ name: `part-${at % 100}/${at}.bin`, size: SIZE },
    digest: md5.toString('base64'),
  }));
  const agent = new Agent({ keepAlive: true, maxSockets: UP_AT_ONCE });
  const version = await beginVersion(place, collection, files);
  const sends = contents.map((content, at) => ({
    ...{ content, ours: version.nodes[at]?.uploadUrl ?? '' },
    bare: `${bare}${collection}-${at}`,
  }));
  const up = await inTurns(sends, {
    ...{ each: TURN, atOnce: UP_AT_ONCE },
    work: (file, where) => put(file[where], file.content, agent),
  });
  const urls = await commitPlaced(place, version, files);
  const fetches = sends.map((sent, at) => ({ ...sent, ours: urls[at] ?? '' }));
  const down = await inTurns(fetches, {
    ...{ each: TURN, atOnce: DOWN_AT_ONCE },
    work: (file, where) => get(file[where], { agent }),
  });
  agent.destroy();
  return { up, down };
}
