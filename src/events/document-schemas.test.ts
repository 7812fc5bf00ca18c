import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ARTIFACT_EVENTS } from './artifact-fixtures.ts';
import { DOCUMENT_TYPES, documentSchema } from './document-schemas.ts';
import { type CapturedEvent, EVENT_TYPES, type EventType } from './index.ts';
import { defaultDocument } from './occasion.ts';
import { METRIC, OCCASION, STATE } from './run-fixtures.ts';

/** One of each type, and what its schema must also take. */
const EVENTS: Readonly<Record<EventType, readonly CapturedEvent[]>> = {
  RUN_METRIC: [METRIC],
  RUN_METRIC_CHANGE: [{ ...METRIC, type: 'RUN_METRIC_CHANGE', metric: { ...METRIC.metric, prior: 1, change: -0.3 } }],
  RUN_METRIC_ZSCORE: [
    { ...METRIC, type: 'RUN_METRIC_ZSCORE', metric: { ...METRIC.metric, z: 3.2, mean: Number.NaN, deviation: 0.1 } },
  ],
  RUN_STATE: [STATE],
  CREATE_ARTIFACT: [
    ARTIFACT_EVENTS.CREATE_ARTIFACT,
    { ...ARTIFACT_EVENTS.CREATE_ARTIFACT, version: { ...ARTIFACT_EVENTS.CREATE_ARTIFACT.version, sourceRun: null } },
  ],
  LINK_MODEL: [ARTIFACT_EVENTS.LINK_MODEL],
  UNLINK_ARTIFACT: [ARTIFACT_EVENTS.UNLINK_ARTIFACT],
  ADD_ARTIFACT_ALIAS: [
    ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS,
    { ...ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS, previousVersion: null },
  ],
  ADD_ARTIFACT_TAG: [ARTIFACT_EVENTS.ADD_ARTIFACT_TAG],
  REMOVE_ARTIFACT_TAG: [ARTIFACT_EVENTS.REMOVE_ARTIFACT_TAG],
  ADD_COLLECTION_TAG: [ARTIFACT_EVENTS.ADD_COLLECTION_TAG],
  REMOVE_COLLECTION_TAG: [ARTIFACT_EVENTS.REMOVE_COLLECTION_TAG],
};

const ajv = formats.default(new Ajv2020({ allErrors: true }));

for (const type of EVENT_TYPES) {
  test(`AUT-110: the default document of ${type} meets its schema, which takes nothing else`, () => {
    const validate = ajv.compile(documentSchema(type));
    const isValid = (document: object): boolean => validate(document);
    for (const event of EVENTS[type]) {
      const document = JSON.parse(JSON.stringify(defaultDocument(event, OCCASION)));
      assert.ok(isValid(document), ajv.errorsText(validate.errors));
      for (const member of Object.keys(document)) {
        const { [member]: _, ...less } = document;
        assert.ok(!isValid(less), `without ${member}`);
        assert.ok(!isValid({ ...document, [member]: [] }), `with another ${member}`);
      }
      assert.ok(!isValid({ ...document, more: 1 }));
    }
  });
}

test('every type that documents read has one schema', () => {
  assert.equal(DOCUMENT_TYPES.size, EVENT_TYPES.length);
  assert.equal(DOCUMENT_TYPES.get('LINK_ARTIFACT'), 'LINK_MODEL');
});
