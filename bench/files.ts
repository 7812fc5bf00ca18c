import { createHash, randomBytes } from 'node:crypto';
import { type Logging, logVersion } from '../test/support/logged-version.ts';
import { get, put } from './exchange.ts';
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
  const took = { up: 0, down: 0, bareUp: 0, bareDown: 0 };
  for (let turn = 0; turn < TURNS; turn += 1) {
    const bytes = randomBytes(SIZE * MEBIBYTE);
    const sent = { bytes, size: bytes.length, md5: createHash('md5').update(bytes).digest() };
    took.bareUp += await put(bare, sent);
    const measured = async (url: string) => {
      took.up += await put(url, sent);
    };
    const id = await logVersion(place, { collection: 'large', files: { 'model.bin': bytes }, put: measured });
    const { artifact } = await place.graphql<Files>(FILES, { id });
    took.bareDown += await get(bare);
    took.down += await get(artifact.files.edges[0]?.node.directUrl ?? '');
  }
  sayRate('up', took.up, took.bareUp);
  sayRate('down', took.down, took.bareDown);
}

function sayRate(way: string, seconds: number, bareSeconds: number): void {
  sayBeside(`one file of ${SIZE} MiB ${way}, MiB/s`, SIZE * TURNS, seconds, bareSeconds);
}

/** Says so much a second, beside what the bare server does. */
export function sayBeside(label: string, much: number, seconds: number, bareSeconds: number): void {
  const [rate, bare] = [much / seconds, much / bareSeconds];
  say(label, round(rate), {
    aim: atLeast(rate / bare, AIM, percent),
    note: `${percent(rate / bare)} of a bare Node server to disk (${round(bare)})`,
  });
}
