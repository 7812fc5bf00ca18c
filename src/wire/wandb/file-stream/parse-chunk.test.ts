import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TriplineError } from '../../../model/error.ts';
import { parseChunk } from './parse-chunk.ts';

const parse = (body: unknown) => parseChunk(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const history = (content: unknown, offset: unknown = 0) => ({ files: { 'wandb-history.jsonl': { offset, content } } });

function refused(body: unknown, place: RegExp): void {
  assert.throws(
    () => parse(body),
    (error: unknown) =>
      error instanceof TriplineError && error.status === 400 && place.test(error.message + error.path),
  );
}

describe('a file_stream request', () => {
  test('is a heartbeat when it is empty, and when an old client says that it is not complete', () => {
    for (const body of ['', {}, { complete: false, failed: false, dropped: 0, uploaded: [] }]) {
      const chunk = parse(body);
      assert.equal(chunk.ended, undefined);
      assert.equal(chunk.history, undefined);
    }
  });

  test('brings lines with their step, and values that JSON does not know', () => {
    const { history: block } = parse(history(['{"_step":3,"_timestamp":1.5,"x":NaN}', '{"_step":1e300}'], 7));
    assert.equal(block?.offset, 7);
    assert.deepEqual(
      block?.lines.map(({ step, timestamp }) => [step, timestamp]),
      [
        [3, 1.5],
        [null, null],
      ],
    );
  });

  test('of an old client that appends its summaries brings the last one', () => {
    assert.equal(
      parse({ files: { 'wandb-summary.json': { offset: 0, content: ['{"a":1}', '{"a":2}'] } } }).summary?.raw,
      '{"a":2}',
    );
  });

  test('ends the run only when it is complete', () => {
    assert.deepEqual(parse({ complete: true, exitcode: 3 }).ended, { exitCode: 3 });
    assert.equal(parse({ exitcode: 3 }).ended, undefined);
  });

  test('that is malformed is refused, naming the place', () => {
    refused('{"files":', /not JSON/);
    refused([1], /body/);
    refused(history([1]), /content/);
    refused(history(['{}'], -1), /offset/);
    refused(history(['{}'], 2 ** 31), /offset/);
    refused(history(['{}', 'nope']), /wandb-history.jsonl\[1\]/);
    refused(history(['[1]']), /wandb-history.jsonl\[0\]/);
    refused(history([`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]), /wandb-history.jsonl\[0\]/);
    refused({ complete: true, exitcode: 1e12 }, /exitcode/);
    refused(Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), /not JSON/);
  });
});
