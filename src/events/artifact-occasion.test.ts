import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../template/lint.ts';
import { parseTemplate } from '../template/parse.ts';
import { render } from '../template/render.ts';
import { artifactFacts, type CapturedArtifactEvent } from './artifact-events.ts';
import { ARTIFACT_EVENTS, VERSION } from './artifact-fixtures.ts';
import { decodeCaptured, encodeCaptured } from './capture.ts';
import { defaultDocument, type Occasion, variablesOf } from './occasion.ts';
import { KNOWN_VARIABLES } from './variables.ts';

const OCCASION: Occasion = {
  executionId: 'exe_1_2_3_0',
  eventId: '42',
  occurredAt: Date.UTC(2026, 0, 1),
  automation: { id: '7', name: 'watch', url: 'https://host/automations/7' },
  scope: { kind: 'collection', id: '5', name: 'cats' },
};
const EVENTS: readonly CapturedArtifactEvent[] = Object.values(ARTIFACT_EVENTS);

function say(captured: CapturedArtifactEvent, text: string): unknown {
  return (render(parseTemplate({ text }), variablesOf(captured, OCCASION)) as { text: unknown }).text;
}

/** The example of W&B's documentation for GitHub's repository dispatch. */
const DISPATCH = {
  event_type: '${event_type}',
  client_payload: {
    event_author: '${event_author}',
    artifact_version: '${artifact_version}',
    artifact_version_string: '${artifact_version_string}',
    artifact_collection_name: '${artifact_collection_name}',
    project_name: '${project_name}',
    entity_name: '${entity_name}',
  },
};

test('AUT-103: W&B’s GitHub dispatch example is rendered with every variable filled, for link and alias events', () => {
  for (const event of [ARTIFACT_EVENTS.LINK_MODEL, ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS]) {
    assert.deepEqual(render(parseTemplate(DISPATCH), variablesOf(event, OCCASION)), {
      event_type: event.type === 'LINK_MODEL' ? 'LINK_ARTIFACT' : 'ADD_ARTIFACT_ALIAS',
      client_payload: {
        event_author: 'ann',
        artifact_version: `wandb-artifact://_id/${VERSION.id}`,
        artifact_version_string: 'acme/wandb-registry-model/cats:v4',
        artifact_collection_name: 'cats',
        project_name: 'wandb-registry-model',
        entity_name: 'acme',
      },
    });
  }
});

test('AUT-104: ${event_type} of a link event is LINK_ARTIFACT, and of every other its wire value', () => {
  const types = EVENTS.map((event) => say(event, '${event_type}'));
  assert.deepEqual(
    types,
    EVENTS.map(({ type }) => (type === 'LINK_MODEL' ? 'LINK_ARTIFACT' : type)),
  );
});

test('${alias} and ${tag} belong to the events that add or remove one', () => {
  const said = Object.fromEntries(EVENTS.map((event) => [event.type, say(event, '${alias}|${tag}')]));
  assert.deepEqual(said, {
    CREATE_ARTIFACT: '|',
    LINK_MODEL: '|',
    UNLINK_ARTIFACT: '|',
    ADD_ARTIFACT_ALIAS: 'prod|',
    ADD_ARTIFACT_TAG: '|good',
    REMOVE_ARTIFACT_TAG: '|old',
    ADD_COLLECTION_TAG: '|public',
    REMOVE_COLLECTION_TAG: '|secret',
  });
});

test('a version fills its variables; a collection has a name, a type and a page only', () => {
  const text =
    '${artifact_version_index} ${artifact_type} ${artifact_digest} ${artifact_metadata.eval.loss} ${source_run_name} ' +
    '${previous_version_string} ${artifact_url}';
  assert.deepEqual(lint(parseTemplate({ text }), KNOWN_VARIABLES), []);
  assert.equal(
    say(ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS, text),
    `4 model abc 0.1 fancy-moon-1 acme/wandb-registry-model/cats:v3 ${VERSION.url}`,
  );
  assert.equal(say(ARTIFACT_EVENTS.ADD_COLLECTION_TAG, text), ` model     ${VERSION.collection.url}`);
  assert.equal(say(ARTIFACT_EVENTS.ADD_COLLECTION_TAG, '${artifact_collection_name}${artifact_version}'), 'cats');
});

test('AUT-106: a metadata value with quotes stays one text', () => {
  const { note } = VERSION.metadata;
  assert.equal(say(ARTIFACT_EVENTS.LINK_MODEL, '${artifact_metadata.note}'), note);
});

test('the default document has the version or the collection, and is kept through the database', () => {
  for (const event of EVENTS) {
    assert.deepEqual(decodeCaptured(JSON.parse(JSON.stringify(encodeCaptured(event)))), event);
    const document = defaultDocument(event, OCCASION);
    assert.equal('artifact' in document, 'version' in event);
    assert.equal('collection' in document, 'collection' in event);
    assert.deepEqual([document.author, document.entity, document.project], ['ann', 'acme', 'wandb-registry-model']);
  }
  const { artifact } = defaultDocument(ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS, OCCASION) as { artifact: object };
  assert.deepEqual(artifact, {
    id: VERSION.id,
    version: 'v4',
    version_string: 'acme/wandb-registry-model/cats:v4',
    collection: 'cats',
    collection_kind: 'portfolio',
    type: 'model',
    registry: 'model',
    aliases: ['latest', 'prod'],
    tags: ['good', 'small'],
    digest: 'abc',
    size: 2048,
    source_run: { id: 'r1', name: 'fancy-moon-1' },
    url: VERSION.url,
    alias: 'prod',
    previous_version: 'acme/wandb-registry-model/cats:v3',
  });
});

test('alias and tag mean to a filter what the event is about (automations, section 2.4)', () => {
  const seen = EVENTS.map((event) => [event.type, ...['alias', 'tag'].map(artifactFacts(event))]);
  const [aliases, tags] = [VERSION.aliases, VERSION.tags];
  assert.deepEqual(seen, [
    ['CREATE_ARTIFACT', aliases, tags],
    ['LINK_MODEL', aliases, tags],
    ['UNLINK_ARTIFACT', aliases, tags],
    ['ADD_ARTIFACT_ALIAS', 'prod', tags],
    ['ADD_ARTIFACT_TAG', aliases, 'good'],
    ['REMOVE_ARTIFACT_TAG', aliases, 'old'],
    ['ADD_COLLECTION_TAG', undefined, 'public'],
    ['REMOVE_COLLECTION_TAG', undefined, 'secret'],
  ]);
});

test('the further fields answer from what was captured', () => {
  const facts = artifactFacts(ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS);
  const expected = {
    collection: 'cats',
    collection_tag: ['public'],
    artifact_type: 'model',
    version: 4,
    size: 2048,
    author: 'ann',
    project: 'wandb-registry-model',
    entity: 'acme',
    registry: 'model',
    'metadata.eval.loss': 0.1,
    'source_run.name': 'fancy-moon-1',
    'source_run.config.lr': 0.1,
    'source_run.summary.acc': 0.9,
    previous_alias_version: 3,
    'metadata.none': undefined,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((field) => [field, facts(field)])), expected);
});
