import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import { rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

const START = `
import glob, hashlib, json, os, subprocess, sys, wandb
from pathlib import Path
ENTITY, PROJECT = os.environ["WANDB_ENTITY"], os.environ["WANDB_PROJECT"]

def artifact(name, *paths, text=None, **options):
    made = wandb.Artifact(name, type="dataset", **options)
    for path in paths:
        with made.new_file(path) as file:
            file.write(path if text is None else text)
    return made

def files_of(name, root):
    os.environ["WANDB_CACHE_DIR"] = os.path.abspath(root + "-cache")
    folder = wandb.Api().artifact(f"{ENTITY}/{PROJECT}/{name}").download(root=root, skip_cache=True)
    return {str(p.relative_to(folder)): p.read_text() for p in Path(folder).rglob("*") if p.is_file()}

def printed(value):
    print(json.dumps(value))
`;

/** Runs a script of the unmodified client. @returns what it printed last */
async function client<T>({ server, person, team, project }: Scene, source: string, env = {}): Promise<T> {
  const place = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  const result = await runPython({ server, person, env: { ...place, ...env }, source: START + source });
  assertOutcome(result, '0');
  return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '');
}

async function versionsOf({ server, person, team, project }: Scene, collection: string): Promise<string[]> {
  const path = `/entities/${team}/projects/${project}/artifacts/${collection}/versions`;
  const { items } = await rest<{ items: { version: string }[] }>(server, person.key, path);
  return items.map(({ version }) => version);
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('processes that write one version at the same time, and one that finishes it, make one', async (scene) => {
    const writer = (name: string) =>
      client(
        scene,
        `
with wandb.init(group="together") as run:
    for part in ["1", "2"]:
        run.upsert_artifact(artifact("shared", "${name}/" + part + ".txt"), distributed_id="together").wait()
printed("written")
`,
      );
    await Promise.all(['one', 'two', 'three'].map(writer));
    deepStrictEqual(await versionsOf(scene, 'shared'), [], 'nothing is seen of it before it is finished');
    const files = await client<Record<string, string>>(
      scene,
      `
with wandb.init(group="together") as run:
    run.finish_artifact(artifact("shared", "last.txt"), distributed_id="together").wait()
printed(files_of("shared:v0", "down"))
`,
    );
    const expected = ['one', 'two', 'three'].flatMap((name) => [`${name}/1.txt`, `${name}/2.txt`]);
    deepStrictEqual(Object.keys(files).sort(), [...expected, 'last.txt'].sort());
    for (const [path, text] of Object.entries(files)) strictEqual(text, path);
    deepStrictEqual(await versionsOf(scene, 'shared'), ['v0']);
  });

  scenario('a version that adds to the latest one has its files too, and what it changes is changed', async (scene) => {
    const files = await client<Record<string, string>[]>(
      scene,
      `
with wandb.init() as run:
    run.log_artifact(artifact("grows", "a.txt", "b.txt")).wait()
    run.log_artifact(artifact("grows", "c.txt", incremental=True)).wait()
    run.log_artifact(artifact("grows", "b.txt", text="changed", incremental=True)).wait()
printed([files_of(f"grows:v{number}", f"down{number}") for number in range(3)])
`,
    );
    const [a, b, c] = [{ 'a.txt': 'a.txt' }, { 'b.txt': 'b.txt' }, { 'c.txt': 'c.txt' }];
    deepStrictEqual(files, [
      { ...a, ...b },
      { ...a, ...b, ...c },
      { ...a, ...c, 'b.txt': 'changed' },
    ]);
  });

  scenario('what was logged offline is there when it is synced, and once when it is synced again', async (scene) => {
    const files = await client<Record<string, string>>(
      scene,
      `
with wandb.init(mode="offline") as run:
    run.log({"loss": 1})
    run.log_artifact(artifact("later", "a.txt", "b.txt"), aliases=["best"])
    run.log_artifact(artifact("later", "c.txt"))
for time in range(2):
    said = subprocess.run([sys.executable, "-m", "wandb", "sync", "--include-synced", *glob.glob("wandb/offline-run-*")],
                          capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
printed({**files_of("later:best", "down"), **files_of("later:latest", "down2")})
`,
    );
    deepStrictEqual(Object.keys(files).sort(), ['a.txt', 'b.txt', 'c.txt']);
    deepStrictEqual(await versionsOf(scene, 'later'), ['v1', 'v0']);
  });

  scenario('files known by XXH128 come back as they were, and are not taken for others', async (scene) => {
    const files = await client<Record<string, string>[]>(
      scene,
      `
with wandb.init() as run:
    logged = run.log_artifact(artifact("hashed", "a.txt", "b.txt", digest_algorithm="XXH128")).wait()
    run.log_artifact(artifact("hashed", "a.txt", text="other", digest_algorithm="XXH128")).wait()
    run.log_artifact(artifact("hashed", "a.txt")).wait()
printed([files_of(f"hashed:v{number}", f"down{number}") for number in range(3)])
`,
    );
    deepStrictEqual(files, [{ 'a.txt': 'a.txt', 'b.txt': 'b.txt' }, { 'a.txt': 'other' }, { 'a.txt': 'a.txt' }]);
  });
});
