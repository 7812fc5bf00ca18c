import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { python, runPython } from './support/python.ts';
import { rest } from './support/rest.ts';
import { type Scene, signUp } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';
import { artifactEvent, metric } from './support/wire-events.ts';

/** A run with a bit of everything: its id is `first`; another one uses what it logged. */
const TRAINING = `
import json, struct, sys, wandb, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

def picture(path):
    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\\x00" + b"\\xff\\x00\\x00" * 2 + b"\\x00" + b"\\x00\\xff\\x00" * 2)
    with open(path, "wb") as file:
        file.write(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))

with wandb.init(id="first", name="calm lake", notes="as before", tags=["old"], group="night", job_type="train",
                config={"lr": 0.1, "net": {"depth": 3, "kind": "vit"}, "seed": 7}) as run:
    print("\\x1b[32mgreen words\\x1b[0m and plain ones")
    print("it went wrong", file=sys.stderr)
    for percent in range(0, 101, 20):
        sys.stdout.write(f"\\rloading {percent}%")
    print()
    run.log({"loss": 0.5, "sample": wandb.Table(columns=["word", "score"], data=[["cat", 0.25], ["dog", 0.75]])})
    for name, text in {"page.html": "<script>document.title = 'run'</script>", "data.csv": 'a,b\\n1,"x, y"\\n',
                       "notes.md": "# Words", "deep.json": json.dumps({"outer": {"inner": [1, 2]}}), "bytes.bin": "\\0\\1"}.items():
        with open(name, "w") as file:
            file.write(text)
        run.save(name)
    picture("dots.png")
    run.save("dots.png")
    model = wandb.Artifact("net", type="model")
    model.add_file("data.csv")
    run.log_artifact(model, aliases=["best"]).wait()
with wandb.init(id="second") as run:
    run.use_artifact("net:best")
    print(json.dumps(run.id))
`;

/** A run that goes on until somebody stops it. */
const ENDLESS = `
import time, wandb
with wandb.init(id="endless", name="goes on") as run:
    for step in range(3000):
        run.log({"step": step})
        print("step", step, flush=True)
        time.sleep(0.2)
`;

/** What the client says of where its things can be looked at. */
const PRINTED = `
import json, os, wandb
from wandb.sdk.lib.wbauth.host_url import HostUrl
from wandb.sdk.lib.wbauth.prompt import _authorize_url

with wandb.init(id="a run", name="calm lake", settings=wandb.Settings(sweep_id="swept")) as run:
    model = wandb.Artifact("net", type="model")
    with model.new_file("content.txt") as file:
        file.write("x")
    logged = run.log_artifact(model).wait()
    linked = run.link_artifact(logged, os.environ["ORGANIZATION"] + "/wandb-registry-models/Road net")
    found = {"run": run.url, "project": run.project_url, "sweep": run.settings.sweep_url, "artifact": logged.url,
             "linked": linked.url, "authorize": _authorize_url(HostUrl(run.settings.base_url), signup=False, referrer="models")}
found["apiRun"] = wandb.Api().run(run.path).url
print(json.dumps(found))
`;

const env = ({ team, project }: Scene) => ({ WANDB_ENTITY: team, WANDB_PROJECT: project });

async function trained(scene: Scene): Promise<void> {
  await python({ server: scene.server, person: scene.person, env: env(scene), source: TRAINING });
}

const pageOf = ({ team, project }: Scene, run: string, tab = '') =>
  `/${team}/${project}/runs/${run}${tab && `?tab=${tab}`}`;

/** What a run says of itself. */
const told = ({ server, person, team, project }: Scene, run: string) =>
  rest<{ name: string; notes: string; tags: string[]; group: string; config: Record<string, unknown>; state: string }>(
    server,
    person.key,
    `/entities/${team}/projects/${project}/runs/${run}`,
  );

const log = (page: Page) => page.getByRole('region', { name: 'Log' });

/** Prints lines as a client does, from a number on. */
async function print(scene: Scene, run: string, offset: number, lines: readonly string[]): Promise<void> {
  const { server, person, team, project } = scene;
  const content = lines.map((text) => `2026-03-04T05:06:07.000000 ${text}`);
  const answer = await server.call(`/files/${team}/${project}/${run}/file_stream`, {
    method: 'POST',
    key: person.key,
    body: JSON.stringify({ files: { 'output.log': { offset, content } } }),
  });
  assert.equal(answer.status, 200, answer.text);
}

describe('the page of a run, in a real browser', () => {
  const scenario = stage('embedded');

  scenario('what a run is called, tagged and configured with is changed where it stands', async (scene) => {
    await trained(scene);
    const watch = await scene.automation(metric('loss', '$gt', 5, { where: { 'config.lr': { $gt: 1 } } }), {
      name: 'fast ones',
    });
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'first', 'overview'));
      await page.getByRole('button', { name: 'Edit name' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('renamed lake');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'renamed lake' }).waitFor();
      await page.getByRole('button', { name: 'Edit group' }).click();
      await page.getByRole('textbox', { name: 'Group' }).fill('dropped');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Edit job type' }).click();
      await page.getByRole('textbox', { name: 'Job type' }).fill('');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove tag old' }).click();
      await page.getByText('old', { exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add tag' }).click();
      await page.getByRole('textbox', { name: 'New tag' }).fill('kept');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove tag kept' }).waitFor();
      await page.getByRole('button', { name: 'Edit notes' }).click();
      await page.getByRole('textbox', { name: 'Notes' }).fill('one\ntwo');
      await page.keyboard.press('Control+Enter');
      await page.getByText('one\ntwo').waitFor();
      // what stands below moves when the field goes
      await page.getByRole('button', { name: 'Edit notes' }).waitFor();

      await page.getByRole('button', { name: 'Edit lr' }).click();
      const value = page.getByLabel('Value (JSON)');
      await value.fill('no JSON');
      await page.getByText('This is no JSON').waitFor();
      await value.fill('2.5');
      await page.getByRole('button', { name: 'Save value' }).click();
      const config = page.getByRole('region', { name: 'Config' });
      await config.getByText('2.5').waitFor();
      await page.getByRole('button', { name: 'Edit seed' }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await config.getByText('seed').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add value' }).click();
      await page.getByLabel('Name', { exact: true }).last().fill('batch');
      await page.getByLabel('Value (JSON)').fill('[1, 2]');
      await page.getByRole('button', { name: 'Save value' }).click();
      await config.getByText('batch').waitFor();
      await assertAccessible(page);
    });
    const run = await told(scene, 'first');
    assert.deepEqual([run.name, run.notes, run.tags, run.group], ['renamed lake', 'one\ntwo', ['kept'], 'night']);
    assert.deepEqual(run.config, { lr: 2.5, net: { depth: 3, kind: 'vit' }, batch: [1, 2] });
    // the next value of the run is judged by what it is configured with now
    const source = 'import wandb\nwith wandb.init(id="first", resume="must") as run:\n    run.log({"loss": 9})\n';
    await python({ server: scene.server, person: scene.person, env: env(scene), source });
    await watch.becomes('finished');
  });

  scenario('the machine of a run and its command are told as its client tells them', async (scene) => {
    await trained(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'first', 'overview'));
      await page.getByRole('heading', { name: 'Machine' }).waitFor();
      await page.getByText('python script.py').waitFor();
      await page.getByText(/CPython 3\.\d+/).waitFor();
      const config = page.getByRole('region', { name: 'Config' });
      await config.getByRole('button', { name: 'Copy depth' }).waitFor();
      assert.equal(await config.getByText('vit').count(), 1);
    });
  });

  scenario('a log is coloured, searched, linked to and downloaded', async (scene) => {
    await trained(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'first', 'logs'));
      const green = log(page).getByText('green words');
      await green.waitFor();
      assert.equal(await green.getAttribute('data-colour'), '2');
      const wrong = log(page).getByRole('listitem').filter({ hasText: 'it went wrong' });
      assert.equal(await wrong.getAttribute('data-level'), 'error');
      const loading = log(page).getByText(/loading/);
      assert.deepEqual(await loading.allTextContents(), ['loading 100%'], 'a progress bar is one line');
      await page.keyboard.press('/');
      await page.keyboard.type('WENT');
      await page.getByText('1 match').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('1 of 1').waitFor();
      assert.equal(await log(page).locator('mark').textContent(), 'went');
      const number = await wrong.getByRole('link').textContent();
      await until('the address to tell the match', () => {
        const { searchParams } = new URL(page.url());
        return searchParams.get('find') === 'WENT' && searchParams.get('line') === number;
      });
      await assertAccessible(page);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download' }).click(),
      ]);
      const text = readFileSync(await download.path(), 'utf8');
      assert.match(text, /^green words and plain ones$/m);
      assert.equal(download.suggestedFilename(), 'first.log');
    });
  });

  scenario('of a hundred thousand lines the page holds those in sight, and reads only them', async (scene) => {
    const run = await scene.run({ displayName: 'long one' });
    for (let from = 0; from < 120_000; from += 5_000) {
      const lines = Array.from({ length: 5_000 }, (_, at) => `row ${from + at}${at === 4_000 ? ' needle' : ''}`);
      await print(scene, run.id, from, lines);
    }
    await visit(scene, scene.person, async ({ page }) => {
      const asked: URL[] = [];
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.pathname.endsWith('/logs')) asked.push(url);
      });
      await page.goto(pageOf(scene, run.id, 'logs'));
      await log(page).getByText('row 119999').waitFor();
      const size = () => page.locator('li', { has: page.getByRole('link', { name: /^Line / }) }).count();
      assert.ok((await size()) < 150, String(await size()));
      assert.ok(asked.length <= 3, asked.join('\n'));

      await page.evaluate(`document.querySelector('[aria-label="Log"]').scrollTo({ top: 0 })`);
      await log(page).getByText('row 0', { exact: true }).waitFor();
      await page
        .getByRole('textbox', { name: 'Search the log' })
        .or(page.getByRole('searchbox'))
        .first()
        .fill('needle');
      await page.getByText('24 matches').waitFor();
      for (const at of ['1 of 24', '2 of 24', '3 of 24']) {
        await page.getByRole('button', { name: 'Next match' }).click();
        await page.getByText(at).waitFor();
      }
      await log(page).getByText('row 14000').waitFor();
      await page.getByRole('button', { name: 'Previous match' }).click();
      await log(page).getByText('row 9000').waitFor();

      // a link to a line opens there
      await page.goto(`${pageOf(scene, run.id, 'logs')}&line=60001`);
      const named = log(page).getByRole('listitem').filter({ hasText: 'row 60000' });
      await named.waitFor();
      assert.equal(await named.getAttribute('data-named'), 'true');
      await page.getByRole('button', { name: 'Follow the end' }).click();
      await log(page).getByText('row 119999').waitFor();

      // long lines are wrapped where somebody wants it, and the browser keeps that
      await page.getByRole('button', { name: 'Wrap long lines' }).click();
      await log(page).getByText('row 119999').waitFor();
      await page.goto(pageOf(scene, run.id, 'logs'));
      await page.getByRole('button', { name: 'Wrap long lines', pressed: true }).waitFor();
      await print(scene, run.id, 120_000, [`${'word '.repeat(600)}end`]);
      const long = log(page).getByText(/^word/);
      await long.waitFor();
      await until('the end to be in sight', async () => {
        const [ends, frame] = [await long.boundingBox(), await log(page).boundingBox()];
        if (ends === null || frame === null) return false;
        return ends.height >= 60 && Math.abs(ends.y + ends.height - frame.y - frame.height) < 6;
      });
      await page.getByRole('searchbox').first().fill('needle');
      await page.getByText('24 matches').waitFor();
      await page.getByRole('button', { name: 'Next match' }).click();
      await log(page).getByText('row 4000').waitFor();
      await page.getByText('1 of 24').waitFor();
      await print(scene, run.id, 120_001, ['a needle more']);
      await page.getByText('1 of 25').waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('button', { name: 'Wrap long lines' }).click();
      await page.getByRole('button', { name: 'Follow the end' }).click();

      // what is written from now on appears by itself, and only that is read
      asked.length = 0;
      await print(scene, run.id, 120_002, ['and on', 'progress 1%']);
      await log(page).getByText('progress 1%').waitFor();
      await print(scene, run.id, 120_003, ['progress 2%']);
      await log(page).getByText('progress 2%').waitFor();
      assert.equal(await log(page).getByText('progress 1%').count(), 0);
      assert.ok(asked.length >= 2 && asked.every((url) => url.searchParams.has('since')), asked.join('\n'));
      assert.ok((await size()) < 150);
    });
  });

  scenario('files are shown as what they are, and never run; one is deleted', async (scene) => {
    await trained(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'first', 'files'));
      const files = page.getByRole('list', { name: 'Files' });
      const open = (name: string) => files.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      const shown = (name: string) => page.getByRole('region', { name: `Preview of ${name}` });
      await open('page.html');
      await shown('page.html').getByText("<script>document.title = 'run'</script>").waitFor();
      await open('data.csv');
      await shown('data.csv').getByRole('cell', { name: 'x, y' }).waitFor();
      await open('deep.json');
      await shown('deep.json').getByText('inner').waitFor();
      await open('bytes.bin');
      await shown('bytes.bin').getByText('This kind of file is not shown here').waitFor();
      await open('dots.png');
      const width = () => page.evaluate<number>(`document.querySelector('img[alt="dots.png"]')?.naturalWidth`);
      await until('the picture to be there', async () => (await width()) === 2);
      await assertAccessible(page);
      await open('media');
      await page.getByRole('button', { name: /^table/ }).click();
      await page.getByRole('button', { name: /table\.json/ }).click();
      await page.getByRole('cell', { name: '0.75' }).waitFor();
      assert.match(page.url(), /file=media%2Ftable%2F/);
      await page.reload();
      await page.getByRole('cell', { name: 'dog' }).waitFor();
      await page.getByRole('navigation', { name: 'Folder' }).getByRole('button', { name: 'All files' }).click();
      await page.getByRole('searchbox', { name: 'Search files' }).fill('TABLE');
      await page.getByRole('button', { name: /^media\/table\// }).waitFor();
      await page.getByRole('searchbox', { name: 'Search files' }).fill('nothing');
      await page.getByText('No file is called that').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await open('notes.md');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        shown('notes.md').getByRole('link', { name: 'Download' }).click(),
      ]);
      assert.equal(readFileSync(await download.path(), 'utf8'), '# Words');
      await shown('notes.md').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete file' }).click();
      await files.getByRole('button', { name: /^notes\.md/ }).waitFor({ state: 'detached' });
    });
  });

  scenario('versions that a run logged and used lead to their pages and to what they caused', async (scene) => {
    const watch = await scene.automation(artifactEvent('ADD_ARTIFACT_ALIAS'));
    await trained(scene);
    await watch.becomes('finished');
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'first', 'artifacts'));
      const logged = page.getByRole('region', { name: 'Logged artifact versions' });
      await logged.getByText('best').waitFor();
      await logged.getByRole('link', { name: /^\d executions? caused by v0$/ }).waitFor();
      await page.getByText('Nothing was used').waitFor();
      await assertAccessible(page);
      await page.goto(pageOf(scene, 'second', 'artifacts'));
      const used = page.getByRole('region', { name: 'Used artifact versions' });
      await used.getByRole('link', { name: 'net:v0' }).click();
      await page.getByRole('heading', { level: 1, name: 'net:v0' }).waitFor();
    });
  });

  scenario('a run is stopped from its page: its script ends, and nothing calls that a failure', async (scene) => {
    const script = runPython({ server: scene.server, person: scene.person, env: env(scene), source: ENDLESS });
    await until('the run to begin', () => told(scene, 'endless').catch(() => undefined));
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, 'endless', 'logs'));
      await log(page)
        .getByText(/^step \d+$/)
        .last()
        .waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stop run' }).click();
      await page.getByRole('button', { name: 'Stopping …' }).waitFor();
      await page.getByText('killed', { exact: true }).waitFor();
    });
    assert.notEqual((await script).outcome, '0');
    assert.equal((await told(scene, 'endless')).state, 'killed');
  });

  scenario('a run is deleted from its page; who may not write has no way to', async (scene) => {
    const viewer = await signUp(scene.server);
    const members = `/entities/${scene.team}/members`;
    const join = { username: viewer.username, role: 'viewer' };
    await rest(scene.server, scene.person.key, members, { method: 'POST', body: join });
    const run = await scene.run({ displayName: 'not for long', config: { lr: 1 } });
    await visit(scene, viewer, async ({ page }) => {
      await page.goto(pageOf(scene, run.id, 'overview'));
      await page.getByRole('region', { name: 'Config' }).getByText('lr').waitFor();
      for (const name of [/^Edit /, 'Stop', /^More of /, 'Add value', 'Add tag'])
        assert.equal(await page.getByRole('button', { name }).count(), 0, String(name));
    });
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(pageOf(scene, run.id));
      await page.getByRole('button', { name: 'More of not for long' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete run' }).click();
      await page.getByRole('heading', { level: 1, name: scene.project }).waitFor();
      await page.goto(pageOf(scene, run.id));
      await page.getByText('There is nothing here').waitFor();
    });
  });

  scenario('addresses that the client prints, and those that people know, open the right pages', async (scene) => {
    const { organization } = scene;
    await rest(scene.server, scene.person.key, `/organizations/${organization}/registries`, {
      method: 'POST',
      body: { name: 'models' },
    });
    const printed = await python<Record<string, string>>({
      server: scene.server,
      person: scene.person,
      env: { ...env(scene), ORGANIZATION: organization },
      source: PRINTED,
    });
    const base = `/${scene.team}/${scene.project}`;
    const run = `${base}/runs/a%20run`;
    const version = `${base}/artifacts/model/net/v0`;
    const expected: readonly (readonly [address: string, heading: string, tab?: string])[] = [
      [printed.run ?? '', 'calm lake', 'Charts'],
      [`${printed.run}?nw=nwuser`, 'calm lake', 'Charts'],
      [printed.apiRun ?? '', 'calm lake', 'Charts'],
      [printed.project ?? '', scene.project],
      [printed.sweep ?? '', scene.project],
      [printed.artifact ?? '', 'net:v0'],
      [printed.linked ?? '', 'Road net:v0'],
      [printed.authorize ?? '', 'Connect a machine'],
      [`${run}/overview`, 'calm lake', 'Overview'],
      [`${run}/logs`, 'calm lake', 'Logs'],
      [`${run}/files`, 'calm lake', 'Files'],
      [`${run}/files/config.yaml`, 'calm lake', 'Files'],
      [`${run}/artifacts`, 'calm lake', 'Artifacts'],
      [`${run}/system`, 'calm lake', 'Charts'],
      [`${run}/workspace`, 'calm lake', 'Charts'],
      [`${base}/runs`, scene.project],
      [`${base}/table`, scene.project],
      [`${base}/groups/night%20runs`, scene.project],
      [`${version}/files`, 'net:v0'],
      [`${version}/metadata`, 'net:v0'],
      [`${version}/lineage`, 'net:v0'],
      [`${version}/files/content.txt`, 'net:v0'],
      [`${base}/artifacts/model/net`, 'net'],
      [`${base}/artifacts/model`, scene.project],
      [`${base}/sweeps`, scene.project],
      [`${base}/reports/Some-words--Vmlldzo1`, scene.project],
      [`/${scene.team}`, scene.team],
      [`/${scene.team}/projects`, scene.team],
      [`/orgs/${organization}`, organization],
      [`/orgs/${organization}/registry/models`, 'models'],
      [`/orgs/${organization}/registry`, 'Registries'],
      ['/registry', 'Registries'],
      ['/registry/model', 'Registries'],
      ['/home', 'Projects'],
      ['/settings', 'Settings'],
    ];
    await visit(scene, scene.person, async ({ page }) => {
      for (const [address, heading, tab] of expected) {
        await page.goto(address);
        const title = page.getByRole('heading', { level: 1, name: heading, exact: true });
        await title.waitFor().catch((error: unknown) => assert.fail(`${address}: ${error}`));
        if (tab !== undefined) {
          const open = page.getByRole('tab', { name: tab, selected: true });
          await open.waitFor().catch((error: unknown) => assert.fail(`${address}: ${error}`));
        }
      }
      await page.goto(`${run}/files/config.yaml`);
      await page.getByRole('region', { name: 'Preview of config.yaml' }).getByText('python_version').waitFor();
      for (const [part, words] of [
        ['sweeps/abc', 'Sweeps are not part of Tripline'],
        ['reports', 'Reports are not part of Tripline'],
        ['jobs', 'Launch is not part of Tripline'],
      ]) {
        await page.goto(`${base}/${part}`);
        await page.getByText(words ?? '').waitFor();
      }
      await assertAccessible(page);
      await page.getByRole('link', { name: `To the runs of ${scene.project}` }).click();
      await page.getByRole('link', { name: 'calm lake' }).waitFor();
    });
  });
});
