import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { artifactUploads, digestFor, digestOfEntries, md5 } from './support/artifact-uploads.ts';
import { CREATE_AUTOMATION } from './support/documents.ts';
import { type Answered, type InProcess, openInProcess } from './support/in-process.ts';

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  ann = artifactUploads(here);
});

/** Words that are the database's or the program's, not the reader's. */
const INTERNAL = /bigint|sql|column|parameter|statement|undefined|TypeError|at file:|node_modules/i;

function assertRefused(answer: Answered, why: RegExp, what = ''): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what} ${answer.status} ${answer.message}`);
  assert.match(answer.message, why, what);
  assert.doesNotMatch(answer.message, INTERNAL, what);
}

/** Creates, describes and commits a version by the text of its manifest. */
async function commitManifest(name: string, json: string): Promise<Answered> {
  const created = await ann.create(name, announcedBy(json));
  assert.equal(created.message, '');
  const { id } = created.data.createArtifact.artifact;
  const { data } = await ann.manifest(id, md5(json));
  const put = await ann.put(data.createArtifactManifest.artifactManifest.file.uploadUrl, json);
  assert.equal(put.statusCode, 200);
  return ann.commit(id);
}

/** As a client announces it; of what no client would write, anything. */
function announcedBy(json: string): string {
  try {
    return digestOfEntries(Object.entries(JSON.parse(json).contents));
  } catch {
    return 'aa';
  }
}

const entry = { digest: 'd', size: 1, ref: 's3://bucket/key' };
const manifestOf = (contents: object): string => JSON.stringify({ version: 1, contents });
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);

async function versionCount(name: string): Promise<number | undefined> {
  const [row] = await here.ground.database.query<{ count: number }>(
    'select version_count as count from collection where name = $1::text and deleted_at is null',
    [name],
  );
  return row?.count;
}

describe('names that nobody should see', () => {
  test('are refused, and shown in the refusal as what they are', async () => {
    for (const [name, shown] of [
      ['a\nb', 'a\\u000ab'],
      ['a\u202egnp.exe', 'a\\u202egnp.exe'],
      ['a\u2028b', 'a\\u2028b'],
      ['..', '..'],
      ['a/b', 'a/b'],
      ['', ''],
      ['x'.repeat(129), 'xxx'],
      ['\ud800', '\ufffd'],
    ] as const) {
      const answer = await ann.create(name, digestFor({}));
      assertRefused(answer, /must be 1 to 128 characters/, JSON.stringify(name));
      assert.ok(answer.message.includes(shown), answer.message);
    }
  });

  test('in the shape of a version number are no aliases, but those that only look like it are', async () => {
    const aliases = (alias: string) => ({ aliases: [{ artifactCollectionName: 'x', alias }] });
    for (const alias of ['v0', 'v99999999999']) {
      assertRefused(await ann.create('looks', digestFor({}), aliases(alias)), /looks like the number of a version/);
    }
    assert.equal((await ann.create('looks', digestFor({}), aliases('V0'))).message, '');
  });

  test('of versions beyond all numbers lead nowhere', async () => {
    await ann.log('few', { a: 'a' });
    for (const version of ['v99999999999', 'v2147483648', 'v-1', 'v00', '\0', '']) {
      const { data, message } = await here.as(
        'ann',
        'query A($n: String!) { project(name: "p", entityName: "vision") { artifact(name: $n) { id } } }',
        { n: `few:${version}` },
      );
      assert.equal(message, '');
      assert.equal(data.project.artifact, null, version);
    }
  });
});

describe('more than anybody means', () => {
  test('of names and tags in one request is refused before anything is written', async () => {
    const id = await ann.log('crowd', { a: 'a' });
    const place = { entityName: 'vision', projectName: 'p', artifactCollectionName: 'crowd' };
    const aliases = many(70_000).map((alias) => ({ artifactCollectionName: 'crowd', alias }));
    const tags = many(70_000).map((tagName) => ({ tagName }));
    const edit = (input: object) =>
      here.as('ann', 'mutation U($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }', {
        input: { artifactID: id, ...input },
      });
    for (const answer of [
      await ann.create('crowd', digestFor({ b: 'b' }), { aliases }),
      await ann.create('crowd', digestFor({ b: 'b' }), { tags }),
      await edit({ aliases }),
      await edit({ tagsToAdd: tags }),
      await here.as('ann', 'mutation A($input: AddAliasesInput!) { addAliases(input: $input) { success } }', {
        input: { artifactID: id, aliases: aliases.map(({ alias }) => ({ ...place, alias })) },
      }),
    ]) {
      assertRefused(answer, /70000 (aliases|tags) at once; at most 100 are allowed/);
    }
    assert.equal(await versionCount('crowd'), 1);
  });

  test('of names by many writers of one version is refused as well', async () => {
    const distributedID = crypto.randomUUID();
    const write = (prefix: string) =>
      ann.create('joint', digestFor({}), {
        distributedID,
        aliases: many(60).map((name) => ({ artifactCollectionName: 'joint', alias: prefix + name })),
      });
    assert.equal((await write('a')).message, '');
    assertRefused(await write('b'), /120 aliases at once/);
  });

  test('of metadata keys and levels is refused, and one very long text is not', async () => {
    const create = (metadata: string) => ann.create('described', digestFor({}), { metadata });
    assertRefused(await create(JSON.stringify(Object.fromEntries(many(101).map((key) => [key, 1])))), /101 keys/);
    assertRefused(await create(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`), /not a JSON object/);
    assertRefused(await create('[]'), /not a JSON object/);
    assert.equal((await create(JSON.stringify({ text: '\\"x'.repeat(200_000) }))).message, '');
    assert.equal((await create(`{"text":"${'x'.repeat(8_500_000)}","n":NaN}`)).message, '');
  });

  test('of steps is refused in words of the reader', async () => {
    for (const historyStep of [1e300, '9999999999999999999']) {
      assertRefused(await ann.create('stepped', digestFor({}), { historyStep }), /step of the history/);
    }
  });
});

describe('a manifest', () => {
  test('that says nothing sensible commits nothing', async () => {
    const large = Object.fromEntries(many(1100).map((path) => [path, { ...entry, size: Number.MAX_SAFE_INTEGER }]));
    for (const [json, why] of [
      ['{"contents":[]}', /no object 'contents'/],
      ['[]', /not a JSON object/],
      ['nope', /not JSON/],
      [manifestOf({ f: { ...entry, size: -1 } }), /no true size for 'f'/],
      [manifestOf({ f: { ...entry, size: 1.5 } }), /no true size/],
      [manifestOf({ f: { ...entry, size: 1e17 } }), /no true size/],
      ['{"contents":{"f":{"digest":"d","size":NaN,"ref":"s3://a"}}}', /no true size/],
      [manifestOf(large), /more bytes together/],
      [manifestOf({ f: { size: 1, ref: 's3://a' } }), /no digest/],
      [manifestOf({ f: { ...entry, ref: 7 } }), /no true reference/],
      [manifestOf({ f: { ...entry, ref: `s3://${'x'.repeat(20_000)}` } }), /reference too long/],
      [manifestOf({ f: { ...entry, ref: 'javascript:alert(1)' } }), /refers to a script/],
      [manifestOf({ f: { ...entry, ref: ' Java\tscript:alert(1)' } }), /refers to a script/],
      [manifestOf({ f: { ...entry, ref: 'data:text/html,x' } }), /refers to a script/],
      [manifestOf({ '../x': entry }), /leads out/],
      [manifestOf({ 'a/../../x': entry }), /leads out/],
      [manifestOf({ '/etc/x': entry }), /is absolute/],
      [manifestOf({ 'C:\\x': entry }), /is absolute/],
      ['{"contents":{"\\ud800":{"digest":"d","size":1,"ref":"s3://a"}}}', /no file name can have/],
      [manifestOf({ f: { digest: 'a\0', size: 1 } }), /'f' has not arrived/],
      [manifestOf({ f: { digest: md5('never sent'), size: 10 } }), /'f' has not arrived/],
    ] as const) {
      assertRefused(await commitManifest('broken', json), why, json.slice(0, 80));
    }
    assert.equal(await versionCount('broken'), 0);
  });

  test('of more files than a version may have is refused', async () => {
    const rows = many(250_001).map((path) => `"${path}":{"digest":"d","ref":"s3://b"}`);
    assertRefused(await commitManifest('vast', `{"contents":{${rows.join()}}}`), /names 250001 files/);
  });

  test('that is missing, empty or late leaves its version pending', async () => {
    const { id } = (await ann.create('late', digestFor({}))).data.createArtifact.artifact;
    assertRefused(await ann.commit(id), /no manifest yet/);
    await ann.manifest(id, '');
    assertRefused(await ann.commit(id), /no manifest yet/);
    await ann.manifest(id, md5('{}'));
    assertRefused(await ann.commit(id), /has not arrived yet/);
  });

  test('of __proto__ and of blanks is only a list of names', async () => {
    const json =
      '{"contents":{"__proto__":{"digest":"d","size":1,"ref":"s3://a"},"constructor":{"digest":"d","ref":"s3://a"}}}';
    const answer = await commitManifest('odd', json);
    assert.equal(answer.message, '');
    assert.equal(await versionCount('odd'), 1);
  });
});

describe('lists', () => {
  const cursor = (...key: unknown[]): string => btoa(encodeURIComponent(JSON.stringify(key)));
  const LISTS = [
    'artifactCollections(after: $a) { edges { cursor } }',
    'artifactCollections(after: $a, order: "+createdAt") { edges { cursor } }',
    'artifactTypes(after: $a) { edges { cursor } }',
    'artifactCollection(name: "few") { aliases(after: $a) { edges { cursor } } }',
    'artifactCollection(name: "few") { ... on ArtifactSequence { artifacts(after: $a) { edges { cursor } } } }',
    'artifactCollection(name: "few") { ... on ArtifactSequence { artifacts(after: $a, order: "-size") { edges { cursor } } } }',
    'artifact(name: "few") { files(after: $a) { edges { cursor } } usedBy(after: $a) { edges { cursor } } }',
  ];

  test('take forged cursors for an end or refuse them', async () => {
    const forged = ['x', cursor(), cursor('1'), cursor('1', '2'), cursor('9'.repeat(30)), cursor('a\0'), cursor(null)];
    for (const list of LISTS) {
      for (const a of [...forged, cursor('1', '9'.repeat(20)), cursor('\ud800', '1')]) {
        const document = `query A($a: String!) { project(name: "p", entityName: "vision") { ${list} } }`;
        const answer = await here.as('ann', document, { a });
        if (answer.message !== '') assertRefused(answer, /cursor was not made by this list/, `${list} ${a}`);
      }
    }
  });

  test('refuse filters and orders that are none', async () => {
    const list = (args: object) =>
      here.as(
        'ann',
        `query A($filters: JSONString, $order: String) { project(name: "p", entityName: "vision") {
          artifactCollections(filters: $filters, order: $order) { totalCount edges { cursor } } } }`,
        args,
      );
    assertRefused(await list({ order: '-nope; drop table' }), /cannot be ordered by/);
    for (const [filters, why] of [
      ['{"unknown":1}', /unknown field 'unknown'/],
      ['{"name":{"$regex":"("}}', /regular expression/],
      [`{"name":{"$regex":"${'a?'.repeat(900)}"}}`, /at most 1000/],
      [`${'{"$or":['.repeat(100)}{"name":1}${']}'.repeat(100)}`, /deep|levels|nested|parts/],
      [`{"name":{"$in":${JSON.stringify(many(2000))}}}`, /at most 1000/],
      ['{"name":', /not JSON/],
    ] as const) {
      assertRefused(await list({ filters }), why, filters.slice(0, 60));
    }
    const started = performance.now();
    assert.equal((await list({ filters: '{"name":{"$regex":"(a+)+(a+)+$"}}' })).message, '');
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('many at once', () => {
  const executions = () =>
    here.ground.database.query<{ subject_id: string }>(
      "select event.subject_id from execution join event using (tenant_id, event_id) where type = 'CREATE_ARTIFACT'",
    );

  test('twenty clients that commit to one collection get dense numbers, one execution each, and the last is latest', async () => {
    await ann.create('busy', digestFor({}));
    const found = await here.as(
      'ann',
      '{ project(name: "p", entityName: "vision") { artifactCollection(name: "busy") { id } } }',
    );
    const input = {
      ...{
        name: 'all',
        enabled: true,
        scopeType: 'ARTIFACT_COLLECTION',
        scopeID: found.data.project.artifactCollection.id,
      },
      ...{ triggeringEventType: 'CREATE_ARTIFACT', eventFilter: '{"$or":[{"$and":[]}]}' },
      ...{ triggeredActionType: 'NO_OP', triggeredActionConfig: { noOpActionInput: { noOp: true } } },
    };
    const made = await here.as('ann', CREATE_AUTOMATION, { input });
    assert.equal(made.message, '');
    const ids = await Promise.all(many(20).map((name) => ann.upload('busy', { [name]: name })));
    // each commit twice: what repeats one changes nothing
    const answers = await Promise.all([...ids, ...ids].map((id) => ann.commit(id)));
    for (const { message } of answers) assert.equal(message, '');
    const numbers = answers.slice(0, 20).map(({ data }) => data.commitArtifact.artifact.versionIndex);
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index),
    );
    const { data } = await here.as(
      'ann',
      '{ project(name: "p", entityName: "vision") { artifactCollectionMembership(name: "busy:latest") { versionIndex } } }',
    );
    assert.equal(data.project.artifactCollectionMembership.versionIndex, 19);
    const subjects = (await executions()).map(({ subject_id }) => subject_id);
    assert.equal(subjects.length, 20);
    assert.equal(new Set(subjects).size, 20);
  });

  test('deleting, renaming, linking and naming while versions are logged ends in a state without loose ends', async () => {
    const seed = await ann.log('storm', { seed: 'seed' });
    const sequence = async () =>
      (
        await here.as(
          'ann',
          '{ project(name: "p", entityName: "vision") { artifactCollection(name: "storm") { id } } }',
        )
      ).data.project.artifactCollection?.id;
    const say = (name: string, input: object) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      return here.as('ann', `mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`, { input });
    };
    const place = { entityName: 'vision', projectName: 'p' };
    const logOne = async (text: string): Promise<Answered> => {
      const created = await ann.create('storm', digestFor({ [text]: text }));
      if (created.message !== '') return created;
      const { id } = created.data.createArtifact.artifact;
      const sent = await ann.putFiles(id, { [text]: text }).catch(() => undefined);
      if (sent !== undefined) await ann.putManifest(id, { [text]: text }, sent).catch(() => {});
      return ann.commit(id);
    };
    const id = await sequence();
    const answers = await Promise.all([
      ...many(6).map(logOne),
      say('linkArtifact', { artifactID: seed, ...place, artifactPortfolioName: 'gale' }),
      say('addAliases', { artifactID: seed, aliases: [{ ...place, artifactCollectionName: 'storm', alias: 'eye' }] }),
      say('updateArtifactSequence', { artifactSequenceID: id, name: 'calm' }),
      say('deleteArtifact', { artifactID: seed, deleteAliases: true }),
      say('deleteArtifactSequence', { artifactSequenceID: id }),
      ...many(6).map((text) => logOne(`late ${text}`)),
    ]);
    for (const { status, message } of answers) {
      assert.ok(status < 500, message);
      assert.doesNotMatch(message, INTERNAL);
    }
    const loose = await here.ground.database.query(
      `select 'a version without a place' from artifact a where state = 'committed' and not exists (
          select from membership m where m.artifact_tenant_id = a.tenant_id and m.artifact_id = a.artifact_id
             and m.collection_id = a.collection_id)
       union all select 'a place of a deleted version' from membership m join artifact a
          on a.tenant_id = m.artifact_tenant_id and a.artifact_id = m.artifact_id
          join collection c on c.tenant_id = m.tenant_id and c.collection_id = m.collection_id
         where a.state = 'deleted' and c.deleted_at is null
       union all select 'a name without a place' from alias join collection c using (tenant_id, collection_id)
         where c.deleted_at is null and not exists (select from membership m where m.tenant_id = alias.tenant_id
           and m.collection_id = alias.collection_id and m.version_index = alias.version_index)
       union all select 'a wrong count' from collection c where deleted_at is null and version_count <> (
          select count(*) from membership m where m.tenant_id = c.tenant_id and m.collection_id = c.collection_id)`,
    );
    assert.deepEqual(loose, []);
  });
});
