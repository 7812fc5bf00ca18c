import { deepStrictEqual } from 'node:assert/strict';
import { artifactScene, inOrder } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

/** What every script starts with; `expect` tells at which line an automation fired too often or not yet. */
const START = `
import os, requests, wandb
TEAM, PROJECT = os.environ["WANDB_ENTITY"], os.environ["WANDB_PROJECT"]

def expect(automation, times):
    url = os.environ["WANDB_BASE_URL"] + f"/api/v1/entities/{TEAM}/executions"
    key = ("api", os.environ["WANDB_API_KEY"])
    found = requests.get(url, params={"automation": automation, "limit": 100}, auth=key).json()["items"]
    assert len(found) == times, f"{automation} fired {len(found)} times, {times} were due"

def artifact(name, *texts):
    made = wandb.Artifact(name, type="dataset")
    for text in texts:
        with made.new_file(text + ".txt") as file:
            file.write(text)
    return made
`;

/** Runs a script of the unmodified client in the scene's project. */
async function client({ server, person, team, project }: Scene, source: string): Promise<void> {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  assertOutcome(await runPython({ server, person, env, source: START + source }), '0');
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario(
    'AUT-024, AUT-026, AUT-034, AUT-097: what the client logs fires in order, once, and not for its own',
    async (scene) => {
      const artifacts = artifactScene(scene);
      const { project } = artifacts;
      await artifacts.automation(project, 'CREATE_ARTIFACT', undefined, { name: 'created' });
      const ordered = [
        await artifacts.automation(project, 'CREATE_ARTIFACT', { collection: 'ordered' }, { name: 'ordered' }),
        await artifacts.automation(project, 'ADD_ARTIFACT_ALIAS', { collection: 'ordered' }, { name: 'named' }),
      ];
      await artifacts.automation(project, 'ADD_ARTIFACT_ALIAS', { alias: 'latest' }, { name: 'latest' });
      await artifacts.automation(project, 'CREATE_ARTIFACT', { artifact_type: 'run_table' }, { name: 'tables' });
      await artifacts.automation(scene.team, 'CREATE_ARTIFACT', { artifact_type: 'code' }, { name: 'code' });
      await client(
        scene,
        `
with wandb.init(id="orders") as run:
    run.log_artifact(artifact("ordered", "one"), aliases=["a", "b"]).wait()
    expect("ordered", 1)
    expect("named", 3)
    run.log_artifact(artifact("ordered", "one"), aliases=["a", "b"]).wait()
    for automation, times in [("ordered", 1), ("named", 3), ("created", 1), ("latest", 1)]:
        expect(automation, times)

for name in ["a", "b", "c"]:
    with wandb.init(id=f"part-{name}", group="writers") as run:
        run.upsert_artifact(artifact("together", name)).wait()
    expect("created", 1)
    expect("latest", 1)
with wandb.init(id="finisher", group="writers") as run:
    run.finish_artifact(artifact("together")).wait()
    expect("created", 2)
    expect("latest", 2)

with wandb.init(id="logs-more") as run:
    run.log({"table": wandb.Table(columns=["a"], data=[[1]])})
    assert run.log_code(".", include_fn=lambda path: path.endswith("script.py")) is not None
for automation, times in [("created", 2), ("latest", 2), ("tables", 1), ("code", 1)]:
    expect(automation, times)
`,
      );
      await ordered[0]?.fires(1);
      await ordered[1]?.fires(3);
      const [first, ...names] = inOrder(ordered, ({ event, alias }) => `${event} ${alias}`);
      // the client sends a set, in whatever order its language gives it: that order is kept (artifact-aliases.test.ts)
      deepStrictEqual(
        [first, ...names.slice(0, -1).toSorted(), names.at(-1)],
        ['CREATE_ARTIFACT ', 'ADD_ARTIFACT_ALIAS a', 'ADD_ARTIFACT_ALIAS b', 'ADD_ARTIFACT_ALIAS latest'],
      );
    },
  );

  scenario('AUT-032, AUT-033: tags that the client saves fire once each, and not when saved again', async (scene) => {
    const artifacts = artifactScene(scene);
    const watches = {
      added: await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_TAG', undefined, { name: 'added' }),
      removed: await artifacts.automation(artifacts.project, 'REMOVE_ARTIFACT_TAG', undefined, { name: 'removed' }),
      labelled: await artifacts.automation(artifacts.project, 'ADD_COLLECTION_TAG', undefined, { name: 'labelled' }),
      bared: await artifacts.automation(artifacts.project, 'REMOVE_COLLECTION_TAG', undefined, { name: 'bared' }),
    };
    await artifacts.log('models', { tags: ['one', 'two'] });
    await client(
      scene,
      `
def expect_all(added, removed, labelled, bared):
    for automation, times in locals().items():
        expect(automation, times)

api = wandb.Api()
version = api.artifact(f"{TEAM}/{PROJECT}/models:v0")
assert sorted(version.tags) == ["one", "two"], version.tags
version.save()
expect_all(2, 0, 0, 0)
version.tags = ["two"]
version.save()
expect_all(2, 1, 0, 0)
version.tags = ["two"]
version.save()
expect_all(2, 1, 0, 0)

collection = api.artifact_collection("model", f"{TEAM}/{PROJECT}/models")
collection.tags = ["public"]
collection.save()
expect_all(2, 1, 1, 0)
collection.save()
expect_all(2, 1, 1, 0)
collection.tags = []
collection.save()
expect_all(2, 1, 1, 1)
assert list(api.artifact_collection("model", f"{TEAM}/{PROJECT}/models").tags) == []
`,
    );
    const { added, ...others } = watches;
    await added.fires(2);
    const told = await Promise.all(Object.values(others).map((watch) => watch.fires(1)));
    deepStrictEqual(
      told.map(([payload]) => payload?.tag),
      ['one', 'public', 'public'],
    );
  });
});
