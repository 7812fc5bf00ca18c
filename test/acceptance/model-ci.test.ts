import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

const PAYLOAD = `{
  "event": "\${event_type}", "author": "\${event_author}", "alias": "\${alias}", "entity": "\${entity_name}",
  "project": "\${project_name}", "collection": "\${artifact_collection_name}", "version": "\${artifact_version_string}",
  "id": "\${artifact_version}", "auc": "\${artifact_metadata.eval.auc}", "index": "\${artifact_version_index}"
}`;

/** Each step is a process of its own, as in a pipeline. */
async function step(scene: Scene, source: string, env: Record<string, string> = {}): Promise<void> {
  const { server, person, team, project, organization } = scene;
  const place = { WANDB_ENTITY: team, WANDB_PROJECT: project, ORGANIZATION: organization };
  const result = await runPython({ server, person, source: `import os, wandb\n${source}`, env: { ...place, ...env } });
  assertOutcome(result, '0');
  assertQuiet(result);
}

const train = (scene: Scene, auc: number) =>
  step(
    scene,
    `
with wandb.init(job_type="train") as run:
    with open("model.bin", "wb") as file:
        file.write(b"weights " + os.environ["AUC"].encode())
    model = wandb.Artifact("classifier", type="model", metadata={"eval": {"auc": float(os.environ["AUC"])}})
    model.add_file("model.bin")
    run.log_artifact(model).wait()
    run.link_artifact(model, "wandb-registry-models/classifier")
`,
    { AUC: String(auc) },
  );

const evaluate = (scene: Scene, version: string) =>
  step(
    scene,
    `
model = wandb.Api().artifact(os.environ["VERSION"])
folder = model.download()
assert open(folder + "/model.bin", "rb").read().startswith(b"weights"), "other bytes arrived"
model.aliases.append("production")
model.save()
`,
    { VERSION: version },
  );

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('a model is trained, linked, evaluated and deployed, each step started by the one before', async (scene) => {
    const [evaluation, deployment] = [await scene.webhook(), await scene.webhook()];
    await step(
      scene,
      `
from wandb.automations import ArtifactEvent, OnAddArtifactAlias, OnLinkArtifact, SendWebhook
api = wandb.Api()
registry = api.create_registry("models", visibility="organization", organization=os.environ["ORGANIZATION"])
hooks = {hook.name: hook for hook in api.webhook_integrations(entity=os.environ["WANDB_ENTITY"])}
def send(name):
    return SendWebhook.from_integration(hooks[name], payload=${PAYLOAD})
api.create_automation(OnLinkArtifact(scope=registry) >> send("${evaluation.name}"), name="evaluate")
production = OnAddArtifactAlias(scope=registry, filter=ArtifactEvent.alias == "production")
api.create_automation(production >> send("${deployment.name}"), name="deploy")
`,
    );
    const evaluating = scene.watchIn(scene.organization, 'evaluate', evaluation);
    const deploying = scene.watchIn(scene.organization, 'deploy', deployment);

    await train(scene, 0.93);
    const [linked] = await evaluating.fires(1);
    const version = `${scene.organization}/wandb-registry-models/classifier:v0`;
    strictEqual(linked?.event, 'LINK_ARTIFACT');
    strictEqual(linked?.version, version);
    await deploying.firesNothing();

    await evaluate(scene, version);
    const [deployed] = await deploying.fires(1);
    deepStrictEqual(deployed, {
      event: 'ADD_ARTIFACT_ALIAS',
      author: scene.person.username,
      alias: 'production',
      entity: scene.organization,
      project: 'wandb-registry-models',
      collection: 'classifier',
      version,
      id: linked?.id,
      auc: '0.93',
      index: '0',
    });

    await train(scene, 0.95);
    const second = (await evaluating.fires(2)).find(({ index }) => index === '1');
    await evaluate(scene, second?.version ?? '');
    const moved = (await deploying.fires(2)).find(({ index }) => index === '1');
    deepStrictEqual(
      [moved?.version, moved?.auc],
      [`${scene.organization}/wandb-registry-models/classifier:v1`, '0.95'],
    );
    // what deployed first still names the version that it deployed (AUT-105)
    await step(
      scene,
      `
first = wandb.Api().artifact(os.environ["VERSION"])
assert first.version == "v0" and first.metadata == {"eval": {"auc": 0.93}}, (first.version, first.metadata)
assert "production" not in first.aliases, first.aliases
`,
      { VERSION: version },
    );
  });
});
