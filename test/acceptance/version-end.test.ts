import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import { rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { HOUR } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';

const SOURCE = `
import os, wandb
from datetime import timedelta

def artifact(text, ttl):
    made = wandb.Artifact("short", type="dataset")
    made.ttl = ttl
    with made.new_file("content.txt") as file:
        file.write(text)
    return made

with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    run.log_artifact(artifact("stays", None)).wait()
    run.log_artifact(artifact("goes", timedelta(days=1))).wait()
    logged = run.log_artifact(artifact("is prolonged", timedelta(days=1))).wait()
    assert logged.ttl == timedelta(days=1)
    logged.ttl = timedelta(days=3)
    logged.save()
    assert wandb.Api().artifact(logged.qualified_name).ttl == timedelta(days=3)
`;

async function versions({ server, person, team, project }: Scene): Promise<{ version: string; aliases: string[] }[]> {
  const path = `/entities/${team}/projects/${project}/artifacts/short/versions`;
  const { items } = await rest<{ items: { version: string; aliases: string[] }[] }>(server, person.key, path);
  return items.map(({ version, aliases }) => ({ version, aliases }));
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('a version that the client gave a time to live goes when it is over, also across a kill', async (scene) => {
    const { server, person, team, project } = scene;
    const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
    assertOutcome(await runPython({ server, person, env, source: SOURCE }), '0');
    const artifacts = artifactScene(scene);
    const latest = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', { alias: 'latest' });
    await server.kill();
    server.clock.move(25 * HOUR);
    await server.start();
    await until('v1 to be deleted', async () => (await versions(scene)).length === 2);
    deepStrictEqual(await versions(scene), [
      { version: 'v2', aliases: ['latest'] },
      { version: 'v0', aliases: [] },
    ]);
    await latest.firesNothing();
    server.clock.move(48 * HOUR);
    await until('v2 to be deleted', async () => (await versions(scene)).length === 1);
    const [told] = await latest.fires(1);
    strictEqual((told as { author: string }).author, 'system');
  });
});
