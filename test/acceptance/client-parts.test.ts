import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, ftruncateSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { onEnd } from '../support/clean-up.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import { startReceiver } from '../support/receiver.ts';
import { openScene } from '../support/scene.ts';
import { startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MEBIBYTE = 1024 ** 2;
/** From 2 GiB on the client sends parts, of 100 MiB; both are built into it. */
const SIZE = 2_148 * MEBIBYTE + 7;
const PART = 100 * MEBIBYTE;
const PARTS = Math.ceil(SIZE / PART);
const ARRIVED_BEFORE_KILL = 3;
const WITHIN_MS = 400_000;

/** What a run logs that talks to the server is in no file of it; what one without a server logs can be synced again. */
const LOG = `
import os, wandb
with wandb.init(id="large", mode="offline") as run:
    artifact = wandb.Artifact("large", type="dataset")
    artifact.add_file(os.environ["LARGE"], name="large.bin", policy="immutable", skip_cache=True)
    run.log_artifact(artifact)
`;

const SYNC = `
import os, subprocess, sys, time, wandb
from pathlib import Path
[folder] = Path(os.environ["WANDB_DIR"]).glob("wandb/offline-run-*-large")
place = ["--entity", os.environ["WANDB_ENTITY"], "--project", os.environ["WANDB_PROJECT"]]
syncing = subprocess.Popen([str(Path(sys.executable).parent / "wandb"), "sync", *place, str(folder)])
while syncing.poll() is None:
    # told again and again, so that it can be killed
    print("syncing")
    time.sleep(0.05)
assert syncing.returncode == 0
artifact = wandb.Api().artifact(f"{os.environ['WANDB_ENTITY']}/{os.environ['WANDB_PROJECT']}/large:latest")
artifact.download(root=os.environ["DOWN"], skip_cache=True)
`;

/** It takes minutes. */
const skip = process.env.TRIPLINE_TEST_LARGE_FILES !== 'true';

test('a file in parts, whose sync was killed between them, goes on when it is synced again', { skip }, async () => {
  const receiver = await startReceiver();
  onEnd(() => receiver.close());
  const server = await startServer();
  onEnd(() => server.dispose());
  const { person, team, project } = await openScene(server, receiver);
  const [folder, down] = [temporaryFolder(), temporaryFolder()];
  const large = join(folder, 'large.bin');
  writeSparse(large);
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project, LARGE: large, WANDB_DIR: folder, DOWN: down };
  const script = { server, person, env, withinMs: WITHIN_MS };
  assertOutcome(await runPython({ ...script, source: LOG }), '0');

  const before = memoryOf(server.pid);
  const incoming = join(server.data, 'blobs', 'incoming');
  const killed = await runPython({
    ...{ ...script, source: SYNC },
    onOutput: (_printed, kill) => {
      if (partsIn(incoming).length >= ARRIVED_BEFORE_KILL) kill();
    },
  });
  assertOutcome(killed, 'SIGKILL');
  const arrived = partsIn(incoming);
  assert.ok(arrived.length < PARTS, 'it was killed between them');

  let wentOn = false;
  const synced = await runPython({
    ...{ ...script, source: SYNC },
    onOutput: () => {
      const parts = partsIn(incoming);
      wentOn ||= parts.length > arrived.length && arrived.every((part) => parts.includes(part));
    },
  });
  assertOutcome(synced, '0');
  assert.ok(wentOn, 'further parts came to those that were there');
  assert.equal(await digestOf(join(down, 'large.bin')), await digestOf(large));
  assert.deepEqual(readdirSync(incoming), []);
  console.log(
    `${SIZE / MEBIBYTE} MiB up and down: ${before} MiB of memory before, ${memoryOf(server.pid)} MiB at most`,
  );
});

/** Each part differs from the others. */
function writeSparse(path: string): void {
  const file = openSync(path, 'w');
  for (let part = 0; part < PARTS; part += 1) writeSync(file, `part ${part}`, part * PART);
  ftruncateSync(file, SIZE);
  closeSync(file);
}

/** Of all uploads in parts under way, those that are whole. */
function partsIn(incoming: string): string[] {
  const names = readdirSync(incoming, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\/\d+-[0-9a-f]{32}-\d+$/.test(name)).sort();
}

async function digestOf(path: string): Promise<string> {
  const md5 = createHash('md5');
  for await (const piece of createReadStream(path, { highWaterMark: MEBIBYTE })) md5.update(piece);
  return md5.digest('hex');
}

/** The most that a process has had in memory, in MiB. */
function memoryOf(pid: number): number {
  const [, kibibytes = 0] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}
