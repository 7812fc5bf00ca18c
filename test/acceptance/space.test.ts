import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { onEnd } from '../support/clean-up.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import { startReceiver } from '../support/receiver.ts';
import { rest } from '../support/rest.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type Server, startServer } from '../support/server.ts';

let server: Server;
let scene: Scene;

before(async () => {
  const receiver = await startReceiver();
  server = await startServer({ env: { TRIPLINE_ENTITY_SPACE: '2' } });
  onEnd(async () => {
    await server.dispose();
    await receiver.close();
  });
  scene = await openScene(server, receiver);
});

const SOURCE = `
import json, os, wandb

def log(run, name, megabytes):
    with open(f"{name}.bin", "wb") as file:
        file.write(os.urandom(int(megabytes * 1_000_000)))
    artifact = wandb.Artifact(name, type="dataset")
    artifact.add_file(f"{name}.bin")
    return run.log_artifact(artifact).wait()

said = {}
with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    log(run, "fits", 1.5)
    try:
        log(run, "too-large", 1)
    except Exception as error:
        said["refused"] = str(error)
    run.log({"loss": 1})
    log(run, "small", 0.1)
    said["run"] = run.id
print(json.dumps(said))
`;

test('the client shows why a version had no room, goes on, and loses nothing else', async () => {
  const { person, team, project } = scene;
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  const result = await runPython({ server, person, env, source: SOURCE });
  assertOutcome(result, '0');
  const said = JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '');
  const reason = new RegExp(
    `'${team}' stores 2\\.\\d MB of the 2\\.1 MB that it may: nothing of this was kept\\. Delete`,
  );
  assert.match(`${said.refused}\n${result.stdout}\n${result.stderr}`, reason);
  const place = `/entities/${team}/projects/${project}/artifacts`;
  const { items } = await rest<{ items: { name: string }[] }>(server, person.key, `${place}?type=dataset`);
  assert.deepEqual(items.map(({ name }) => name).sort(), ['fits', 'small', 'too-large']);
  const versions = (name: string) => rest<{ items: unknown[] }>(server, person.key, `${place}/${name}/versions`);
  assert.equal((await versions('too-large')).items.length, 0);
  assert.equal((await versions('fits')).items.length, 1);
  const { stored } = await rest<{ stored: { bytes: number; limit: number } }>(server, person.key, `/entities/${team}`);
  assert.ok(stored.bytes > 1_600_000 && stored.bytes < stored.limit);
});
