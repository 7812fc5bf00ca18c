import { deepStrictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { startGate } from '../support/gate.ts';
import { assertOutcome, assertQuiet, runPython, type Script } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

/** What the client says of experiments of its own. */
const ALLOWED = /experimental arg|already exists with the same content|XXH128 digest algorithm/;

/** Runs a script of the unmodified client; what it prints last is what it found, as JSON. */
async function ask<Found>(scene: Scene, source: string, server: Script['server'] = scene.server): Promise<Found> {
  const { person, team, project } = scene;
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project, PROJECT: `${team}/${project}` };
  const result = await runPython({ server, person, env, source: PRELUDE + source });
  assertOutcome(result, '0');
  assertQuiet(result, ALLOWED);
  return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '');
}

/** Logs one version by a run of its own. @param artifact arguments of `artifact_of` */
function write(scene: Scene, run: string, artifact: string, server: Script['server'] = scene.server): Promise<unknown> {
  const source = `
with wandb.init(id="${run}") as run:
    run.log_artifact(artifact_of(${artifact})).wait()
print("null")
`;
  return ask(scene, source, server);
}

const PRELUDE = `
import json, os, subprocess, sys, wandb
from pathlib import Path
PROJECT = os.environ["PROJECT"]

def artifact_of(name, files, type="dataset", **more):
    artifact = wandb.Artifact(name, type=type, **more)
    for path, text in files.items():
        with artifact.new_file(path) as file:
            file.write(text)
    return artifact

# by a client that has no file of it yet
def content(name, type=None):
    api = wandb.Api()
    folder = Path(api.artifact(f"{PROJECT}/{name}", type=type).download(root=f"down-{name.replace(':', '-')}", skip_cache=True))
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}
# --- children begin where this ends

# each in a process of its own, with a client of its own, all at once
def at_once(scripts):
    prelude = Path(__file__).read_text().split("# ---")[0]
    running = [subprocess.Popen([sys.executable, "-c", prelude + each]) for each in scripts]
    assert [each.wait() for each in running] == [0] * len(running)

`;

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario('four processes at once write parts of one version, which a fifth finishes', async (scene) => {
    const found = await ask(
      scene,
      `
at_once([f'''
part = artifact_of("together", {{"part-{n}.txt": "part {n}", "shared.txt": "shared"}}, metadata={{"of": {n}}})
with wandb.init(id="writer-{n}") as run:
    run.upsert_artifact(part, distributed_id="epoch-1", aliases=["by-{n}"])
''' for n in range(4)])
unfinished = [each.name for each in wandb.Api().artifacts("dataset", f"{PROJECT}/together")]
with wandb.init(id="finisher") as run:
    run.finish_artifact(artifact_of("together", {"last.txt": "last"}), distributed_id="epoch-1").wait()
api = wandb.Api()
version = api.artifact(f"{PROJECT}/together:latest")
version.download("checked", skip_cache=True)
version.verify("checked")
writers = [f"writer-{n}" for n in range(4)] + ["finisher"]
print(json.dumps([
    unfinished, version.version, sorted(version.aliases), content("together:latest"), version.file_count,
    [[each.name for each in api.run(f"{PROJECT}/{writer}").logged_artifacts()] for writer in writers],
    len(list(api.artifacts("dataset", f"{PROJECT}/together"))),
]))
`,
    );
    deepStrictEqual(found, [
      [],
      'v0',
      ['by-0', 'by-1', 'by-2', 'by-3', 'latest'],
      {
        'last.txt': 'last',
        'part-0.txt': 'part 0',
        'part-1.txt': 'part 1',
        'part-2.txt': 'part 2',
        'part-3.txt': 'part 3',
        'shared.txt': 'shared',
      },
      6,
      Array.from({ length: 5 }, () => ['together:v0']),
      1,
    ]);
  });

  scenario('of two incremental versions begun at once, each adds to the base, whichever ends first', async (scene) => {
    const base = { 'a.txt': 'a', 'b.txt': 'b' };
    const orders = [
      ['one', 'other'],
      ['other', 'one'],
    ];
    const begin = `
with wandb.init(id="base") as run:
    for name in ["grown-one", "grown-other"]:
        run.log_artifact(artifact_of(name, ${JSON.stringify(base)})).wait()
print("null")
`;
    await ask(scene, begin);
    const added = (writer: string) => ({ 'b.txt': `b of ${writer}`, [`${writer}.txt`]: 'new' });
    for (const order of orders) {
      const writers = await Promise.all(
        order.map(async (writer) => {
          const gate = await startGate(scene.server, 'mutation CommitArtifact');
          const artifact = `"grown-${order[0]}", ${JSON.stringify(added(writer))}, incremental=True`;
          return { gate, writing: write(scene, `${writer}-of-${order[0]}`, artifact, gate) };
        }),
      );
      await Promise.all(writers.map(({ gate }) => gate.reached));
      for (const { gate, writing } of writers) {
        gate.open();
        await writing;
        await gate.close();
      }
    }
    const names = JSON.stringify(orders.map(([first]) => `grown-${first}`));
    const found = await ask(
      scene,
      `print(json.dumps([[content(f"{name}:v{n}") for n in range(3)] for name in ${names}]))`,
    );
    deepStrictEqual(
      found,
      orders.map((order) => [base, ...order.map((writer) => ({ ...base, ...added(writer) }))]),
    );
  });

  scenario('a draft of an old version says what it leaves out', async (scene) => {
    const found = await ask(
      scene,
      `
with wandb.init(id="drafts") as run:
    run.log_artifact(artifact_of("drafted", {"a.txt": "a", "b.txt": "b"})).wait()
    run.log_artifact(artifact_of("drafted", {"z.txt": "z"})).wait()
    draft = wandb.Api().artifact(f"{PROJECT}/drafted:v0").new_draft()
    draft.remove("a.txt")
    with draft.new_file("c.txt") as file:
        file.write("c")
    run.log_artifact(draft).wait()
print(json.dumps(content("drafted:latest")))
`,
    );
    deepStrictEqual(found, { 'b.txt': 'b', 'c.txt': 'c' });
  });

  scenario('an offline run is synced later, with all that it logged, and again without effect', async (scene) => {
    const found = await ask(
      scene,
      `
with wandb.init(id="offline", mode="offline") as run:
    folder = Path(run.dir).parent
    run.log_artifact(artifact_of("later", {"a.txt": "a"}), aliases=["best"], tags=["field"])
    run.log_artifact(artifact_of("later", {"a.txt": "another"}))
    run.log({"predictions": wandb.Table(columns=["x"], data=[[1], [2]])})
wandb_command = str(Path(sys.executable).parent / "wandb")
for more in [[], ["--include-synced"]]:
    synced = subprocess.run([wandb_command, "sync", *more, str(folder)], capture_output=True, text=True)
    assert synced.returncode == 0, synced.stdout + synced.stderr
api = wandb.Api()
first, newest = [api.artifact(f"{PROJECT}/later:{name}") for name in ["best", "latest"]]
print(json.dumps([
    content("later:v0"), content("later:latest"), [first.version, first.aliases, first.tags, newest.version],
    sorted(each.name for each in api.run(f"{PROJECT}/offline").logged_artifacts()),
    api.artifact(f"{PROJECT}/run-offline-predictions:latest").get("predictions").data,
]))
`,
    );
    deepStrictEqual(found, [
      { 'a.txt': 'a' },
      { 'a.txt': 'another' },
      ['v0', ['best'], ['field'], 'v1'],
      ['later:v0', 'later:v1', 'run-offline-predictions:v0'],
      [[1], [2]],
    ]);
  });

  scenario('tables, code and jobs become versions of types of their own', async (scene) => {
    const found = await ask(
      scene,
      `
Path("src").mkdir()
Path("src/train.py").write_text("print('train')")
settings = wandb.Settings(disable_job_creation=False, program_relpath="train.py", code_dir="src")
with wandb.init(id="kinds", settings=settings) as run:
    run.log({"predictions": wandb.Table(columns=["x", "y"], data=[[1, "one"], [2, "two"]])})
    # the job is of the code that comes last
    run.log_code("src", name="my-code").wait()
    run.log_code("src")
api = wandb.Api()
types = {each.name: sorted(c.name for c in each.collections()) for each in api.artifact_types(PROJECT)}
table = api.artifact(f"{PROJECT}/run-kinds-predictions:latest").get("predictions")
job = api.artifact(f"{PROJECT}/job-source-training-train.py:latest")
print(json.dumps([types, table.columns, table.data, content("my-code:latest"), job.type, sorted(job.manifest.entries)]))
`,
    );
    deepStrictEqual(found, [
      {
        code: ['my-code', 'source-training-train.py'],
        job: ['job-source-training-train.py'],
        run_table: ['run-kinds-predictions'],
      },
      ['x', 'y'],
      [
        [1, 'one'],
        [2, 'two'],
      ],
      { 'train.py': "print('train')" },
      'job',
      ['requirements.frozen.txt', 'wandb-job.json'],
    ]);
  });

  scenario('digests by XXH128 stay what they are, and the client finds its files unchanged', async (scene) => {
    const found = await ask(
      scene,
      `
def quick(files, **more):
    return artifact_of("quick", files, digest_algorithm="XXH128", **more)

with wandb.init(id="quick") as run:
    one = run.log_artifact(quick({"a.txt": "a", "b.txt": "b"})).wait()
    same = run.log_artifact(quick({"a.txt": "a", "b.txt": "b"})).wait()
    added = run.log_artifact(quick({"c.txt": "c"}, incremental=True)).wait()
    other = run.log_artifact(artifact_of("other", {"a.txt": "a"})).wait()
    kept = run.log_artifact(artifact_of("other", {"a.txt": "b"}, digest_algorithm="XXH128")).wait()
api = wandb.Api()
version = api.artifact(f"{PROJECT}/quick:latest")
version.download("checked", skip_cache=True)
version.verify("checked")
Path("checked/c.txt").write_text("spoiled")
try:
    version.verify("checked")
except ValueError as error:
    spoiled = str(error)
print(json.dumps([
    [each.digest_algorithm.value for each in [one, same, added, other, kept]], [each.version for each in [one, same, added]],
    content("quick:latest"), spoiled, sorted(entry.extra["alg"] for entry in version.manifest.entries.values()),
]))
`,
    );
    deepStrictEqual(found, [
      // a collection keeps the algorithm that it began with
      ['MANIFEST_XXH128', 'MANIFEST_XXH128', 'MANIFEST_XXH128', 'MANIFEST_MD5', 'MANIFEST_MD5'],
      ['v0', 'v0', 'v1'],
      { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' },
      'Digest mismatch for file: c.txt',
      ['XXH128', 'XXH128', 'XXH128'],
    ]);
  });
});
