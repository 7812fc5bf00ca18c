import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../test/support/clean-up.ts';
import { type Logging, logVersion } from '../test/support/logged-version.ts';
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
    took.bareUp += await put(bare, bytes);
    const measured = async (url: string, content: Buffer) => {
      took.up += await put(url, content);
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

/** @returns seconds */
export function put(url: string, bytes: Buffer): Promise<number> {
  return exchange(url, 'PUT', bytes);
}

export function get(url: string): Promise<number> {
  return exchange(url, 'GET');
}

async function exchange(url: string, method: string, bytes?: Buffer): Promise<number> {
  const started = performance.now();
  const sent = request(url, { method, headers: bytes === undefined ? {} : { 'content-length': bytes.length } });
  sent.end(bytes);
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  for await (const _ of answer);
  if (answer.statusCode !== 200) throw new Error(`${method} was answered ${answer.statusCode}`);
  return (performance.now() - started) / 1000;
}

/** A bare server in a process of its own. @returns its address, ending with a slash */
export async function startBareFiles(): Promise<string> {
  const child = fork(fileURLToPath(new URL('bare-files.mjs', import.meta.url)));
  onEnd(() => void child.kill());
  const [port] = (await once(child, 'message')) as [number];
  return `http://127.0.0.1:${port}/`;
}
