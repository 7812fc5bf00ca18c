import { createHash, randomBytes } from 'node:crypto';
import { type Logging, logVersion } from '../test/support/logged-version.ts';
import { get, put } from './exchange.ts';
import type { Beside } from './in-turns.ts';
import { atLeast, percent, round, say } from './report.ts';

const MEBIBYTE = 2 ** 20;
/** Of the large file, in MiB. */
const SIZE = 256;
const TURNS = 3;
/** Of a bare Node HTTP server that writes the same bytes to disk and reads them back. */
const AIM = 0.5;

const FILES = `query ArtifactFileURLs($id: ID!) { artifact(id: $id) { files(first: 1) { edges { node { directUrl } } } } }`;

interface Files {
  readonly artifact: {
    readonly files: { readonly edges: readonly { readonly node: { readonly directUrl: string } }[] };
  };
}

/** One large file up and down, beside the same bytes through the least that a Node server can do, turn by turn. */
export async function measureFiles(place: Logging, bare: string): Promise<void> {
  const [up, down] = [
    { ours: 0, bare: 0 },
    { ours: 0, bare: 0 },
  ];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const bytes = randomBytes(SIZE * MEBIBYTE);
    const sent = { bytes, size: bytes.length, md5: createHash('md5').update(bytes).digest() };
    up.bare += await put(bare, sent);
    const measured = async (url: string) => {
      up.ours += await put(url, sent);
    };
    const id = await logVersion(place, { collection: 'large', files: { 'model.bin': bytes }, put: measured });
    const { artifact } = await place.graphql<Files>(FILES, { id });
    down.bare += await get(bare);
    down.ours += await get(artifact.files.edges[0]?.node.directUrl ?? '');
  }
  sayBeside(`one file of ${SIZE} MiB up, MiB/s`, SIZE * TURNS, up);
  sayBeside('the same down', SIZE * TURNS, down);
}

/** Says so much a second, beside what the bare server does. */
export function sayBeside(label: string, much: number, { ours, bare }: Beside): void {
  const share = bare / ours;
  say(label, round(much / ours), {
    aim: atLeast(share, AIM, percent),
    note: `${percent(share)} of a bare Node server to disk (${round(much / bare)})`,
  });
}
