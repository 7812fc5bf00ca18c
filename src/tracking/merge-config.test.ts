import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLooseJson } from '../model/loose-json.ts';
import { mergeConfig } from './merge-config.ts';

const config = (lr: number, writers: Record<string, string>) => ({
  lr: { value: lr },
  _wandb: {
    value: { t: {}, e: Object.fromEntries(Object.entries(writers).map(([id, startedAt]) => [id, { startedAt }])) },
  },
});
const text = (values: ReturnType<typeof config>) => ({ raw: JSON.stringify(values), values });

test('the config sent replaces the config stored, as the text it came in', () => {
  const sent = text(config(0.2, { a: '10:00' }));
  assert.deepEqual(mergeConfig(config(0.1, { a: '10:00' }), sent), { ...sent, newWriter: false });
});

test('environments of other writers stay', () => {
  const merged = mergeConfig(config(0.1, { a: '10:00' }), text(config(0.2, { b: '11:00' })));
  assert.deepEqual(parseLooseJson(merged.raw), config(0.2, { a: '10:00', b: '11:00' }));
  assert.equal(merged.newWriter, true);
});

test('a writer that started again is a new one', () => {
  assert.equal(mergeConfig(config(1, { a: '10:00' }), text(config(1, { a: '12:00' }))).newWriter, true);
});

test('a config without environments brings no new writer', () => {
  assert.equal(mergeConfig(config(1, { a: '10:00' }), { raw: '{}', values: {} }).newWriter, false);
});
