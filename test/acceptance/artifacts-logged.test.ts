import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe } from 'node:test';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

/** Runs a script of the unmodified client that ends by printing what it expects to be stored. */
async function log({ server, person, team, project }: Scene, source: string): Promise<Record<string, string>> {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  const preamble = 'import json, os, wandb\nfrom pathlib import Path\n';
  const result = await runPython({ server, person, env, source: preamble + source });
  assertOutcome(result, '0');
  assertQuiet(result, /already exists with the same content/);
  return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '');
}

interface Found {
  readonly id: string;
  readonly state: string;
  readonly versionIndex: number | null;
}

/** The newest version of a sequence, if it has this digest: asked as somebody does who logs the same again. */
async function newest({ graphql, team, project }: Scene, name: string, digest: string, type = 'dataset') {
  const data = await graphql<{ createArtifact: { artifact: Found } }>(
    `mutation CreateArtifact($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact {
       id state versionIndex } } }`,
    {
      input: {
        ...{ entityName: team, projectName: project, artifactTypeName: type, artifactCollectionName: name, digest },
        ...{ digestAlgorithm: 'MANIFEST_MD5', enableDigestDeduplication: true, clientID: crypto.randomUUID() },
      },
    },
  );
  return data.createArtifact.artifact;
}

/** What a download with the person's key answers for a file that was first stored by this version. */
async function download({ server, person, team, project }: Scene, name: string, id: string, content: string) {
  const hex = createHash('md5').update(content).digest('hex');
  const node = encodeURIComponent(id);
  const path = ['artifactsV2', 'default', team, project, encodeURIComponent(name), node, node, hex, 'file'].join('/');
  const authorization = `Basic ${Buffer.from(`api:${person.key}`).toString('base64')}`;
  const answer = await fetch(`${server.url}/${path}`, { headers: { authorization } });
  strictEqual(answer.status, 200, await answer.clone().text());
  return answer.text();
}

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario('files, folders and references become versions; the same content again makes none', async (scene) => {
    const { first, second } = await log(
      scene,
      `
Path("folder/deep").mkdir(parents=True)
Path("folder/deep/two words.txt").write_text("two words")
Path("folder/größe 名前.txt").write_text("unicode")
Path("folder/empty.bin").write_bytes(b"")

def dataset(text):
    artifact = wandb.Artifact("my-data", type="dataset", description="d", metadata={"rows": 3, "nan": float("nan")})
    artifact.add_dir("folder")
    artifact.add_reference("https://example.com/far.bin", name="far.bin", checksum=False)
    with artifact.new_file("text.txt") as file:
        file.write(text)
    return artifact

one, two = dataset("one"), dataset("two")
with wandb.init(id="logs") as run:
    run.log_artifact(one, aliases=["best"], tags=["raw", "two words"])
    run.log_artifact(dataset("one"))
    run.log_artifact(two)
with wandb.init(id="logs-again") as run:
    run.log_artifact(dataset("two"))
print(json.dumps({"first": one.digest, "second": two.digest}))
`,
    );
    const { id, state, versionIndex } = await newest(scene, 'my-data', second ?? '');
    deepStrictEqual([state, versionIndex], ['COMMITTED', 1]);
    strictEqual(await download(scene, 'my-data', id, 'two'), 'two');
    strictEqual((await newest(scene, 'my-data', first ?? '')).state, 'PENDING');
  });

  scenario('a version that refers to one that is not committed yet, and tables, are logged', async (scene) => {
    const { digest } = await log(
      scene,
      `
with wandb.init(id="tables") as run:
    run.log({"table": wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]])})
    shared = wandb.Table(columns=["a"], data=[[1]])
    inner, outer = wandb.Artifact("inner", type="dataset"), wandb.Artifact("outer", type="model")
    inner.add(shared, "table")
    run.log_artifact(inner)
    outer.add(shared, "table")
    run.log_artifact(outer)
assert outer.manifest.entries["table.table.json"].ref.startswith("wandb-client-artifact:")
print(json.dumps({"digest": outer.digest}))
`,
    );
    strictEqual((await newest(scene, 'outer', digest ?? '', 'model')).state, 'COMMITTED');
  });

  scenario('three runs that upsert one version and finish it make one version of all their files', async (scene) => {
    const { digest } = await log(
      scene,
      `
def part(name):
    artifact = wandb.Artifact("together", type="dataset")
    with artifact.new_file(f"{name}.txt") as file:
        file.write(name)
    return artifact

for name in ["a", "b", "c"]:
    with wandb.init(id=f"part-{name}", group="writers") as run:
        run.upsert_artifact(part(name))
with wandb.init(id="finisher", group="writers") as run:
    run.finish_artifact(wandb.Artifact("together", type="dataset"))
whole = wandb.Artifact("together", type="dataset")
for name in ["a", "b", "c"]:
    with whole.new_file(f"{name}.txt") as file:
        file.write(name)
print(json.dumps({"digest": whole.digest}))
`,
    );
    const { state, versionIndex } = await newest(scene, 'together', digest ?? '');
    deepStrictEqual([state, versionIndex], ['COMMITTED', 0]);
  });

  scenario('hundreds of files are stored once each', async (scene) => {
    const { digest } = await log(
      scene,
      `
artifact = wandb.Artifact("many", type="dataset")
for index in range(600):
    with artifact.new_file(f"part-{index % 7}/{index}.txt") as file:
        file.write(str(index // 2))
with wandb.init(id="many") as run:
    run.log_artifact(artifact)
print(json.dumps({"digest": artifact.digest}))
`,
    );
    strictEqual((await newest(scene, 'many', digest ?? '')).state, 'COMMITTED');
  });
});
