import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AskLines, LogLines } from '../web/features/logs/api/log-lines.ts';
import { goesOnAt, matchesOf } from '../web/features/logs/api/log-matches.ts';
import { cutAt } from '../web/features/logs/components/cut-at.ts';
import { LINE, scrollTo, windowOf, wrappedWindow } from '../web/features/logs/components/line-window.ts';

const SEEN = 600;

/** A console in memory that answers as the API does, with at most so many lines. */
function console(limit = 500) {
  const texts: string[] = [];
  const written: number[] = [];
  const asked: object[] = [];
  let revision = 0;
  const write = (from: number, ...lines: string[]): void => {
    revision += 1;
    for (const [at, text] of lines.entries()) {
      texts[from + at] = text;
      written[from + at] = revision;
    }
  };
  const ask: AskLines = async (query) => {
    asked.push(query);
    const since = query.since === undefined ? 0 : Number(query.since);
    const changed = [...texts.keys()].filter((number) => (written[number] ?? 0) > since);
    const [first, last] = [changed[0], changed.at(-1)];
    const range =
      query.from === undefined
        ? [Math.max(first ?? 0, (last ?? -1) + 1 - limit), (last ?? -1) + 1]
        : [query.from, Math.min(texts.length, query.from + (query.limit ?? limit))];
    const items = texts.slice(...range).map((text, at) => {
      return { number: (range[0] ?? 0) + at, at: null, level: null, label: null, text };
    });
    return { total: texts.length, revision: String(revision), changedFrom: first ?? null, items };
  };
  return { ask, write, asked };
}

const rows = (from: number, before: number) => Array.from({ length: before - from }, (_, at) => `row ${from + at}`);

/** The answers that are on their way are there: the console gives them without a wait. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the lines of a log that a page knows', () => {
  test('are read where somebody looks, each page once', async () => {
    const { ask, write, asked } = console();
    write(0, ...rows(0, 2_000));
    const lines = new LogLines(ask);
    assert.equal(await lines.refresh(), 2_000);
    assert.deepEqual(
      [lines.known().at(1_999)?.text, lines.known().at(1_500)?.text, lines.known().at(10)],
      ['row 1999', 'row 1500', undefined],
    );
    lines.want(0, 40);
    lines.want(0, 60);
    await settled();
    lines.want(10, 70);
    assert.equal(lines.known().at(10)?.text, 'row 10');
    assert.deepEqual(asked, [{}, { from: 0, limit: 500 }]);
  });

  test('what is written anew replaces what was there, and more than an answer holds is read again', async () => {
    const { ask, write, asked } = console();
    write(0, ...rows(0, 700));
    const lines = new LogLines(ask);
    await lines.refresh();
    lines.want(0, 700);
    await settled();
    write(699, '50%');
    await lines.refresh();
    write(699, '100%', 'done');
    assert.equal(await lines.refresh(), 701);
    assert.deepEqual([lines.known().at(699)?.text, lines.known().at(700)?.text], ['100%', 'done']);
    const before = asked.length;
    lines.want(0, 701);
    assert.equal(asked.length, before, 'everything is known');
    write(600, ...rows(600, 1_700).map((row) => `new ${row}`));
    await lines.refresh();
    assert.deepEqual([lines.known().at(650), lines.known().at(1_699)?.text], [undefined, 'new row 1699']);
    assert.equal(lines.known().at(10)?.text, 'row 10');
    lines.want(600, 1_700);
    await settled();
    assert.deepEqual([lines.known().at(650)?.text, lines.known().at(1_100)?.text], ['new row 650', 'new row 1100']);
  });

  test('a fault is told, and what could not be read is tried again', async () => {
    const { ask, write } = console();
    write(0, ...rows(0, 1_200));
    let isBroken = true;
    const lines = new LogLines((query) => {
      if (isBroken && query.from !== undefined) throw new Error('no network');
      return ask(query);
    });
    await lines.refresh();
    lines.want(0, 40);
    await settled();
    assert.match(String(lines.known().fault), /no network/);
    isBroken = false;
    lines.retry();
    lines.want(0, 40);
    await settled();
    assert.deepEqual([lines.known().fault, lines.known().at(3)?.text], [null, 'row 3']);
  });
});

describe('the lines of a log that stand in the page', () => {
  test('are few however many there are, and every line can be gone to', () => {
    for (const total of [10, 5_000, 399_999, 400_001, 3_000_000, 40_000_000]) {
      for (const line of [0, 1, Math.floor(total / 2), Math.floor(total * 0.9), total - 1]) {
        const scrolled = scrollTo(line, total, SEEN);
        const shown = windowOf(total, scrolled, SEEN);
        assert.ok(shown.from <= line && line < shown.before, `${line} of ${total}: ${JSON.stringify(shown)}`);
        assert.ok(shown.before - shown.from <= SEEN / LINE + 42 && shown.height <= 8_000_000);
        const place = shown.top + (line - shown.from) * LINE - scrolled;
        assert.ok(place >= -LINE && place <= SEEN, `${line} of ${total} stands at ${place}`);
      }
    }
  });

  test('that are wrapped reach from the first to the last, however tall they are', () => {
    for (const total of [1, 10, 5_000, 3_000_000]) {
      const at = (share: number) => wrappedWindow(total, share, SEEN, 3.5 * LINE);
      assert.deepEqual([at(0).from, at(0).anchor, at(1).before, at(1).anchor], [0, 0, total, total]);
      const line = Math.floor(total * 0.7);
      const { from, before } = at((line + 0.5) / total);
      assert.ok(from <= line && line < before && before - from <= SEEN / LINE + 3);
    }
  });

  test('a search goes on where lines were written since, and finds none twice', () => {
    assert.deepEqual(
      [goesOnAt({ next: 20_000, total: 30_000 }, 30_000), goesOnAt({ next: null, total: 7 }, 7)],
      [20_000, null],
    );
    assert.equal(goesOnAt({ next: null, total: 7 }, 9), 6);
    assert.deepEqual(matchesOf([[1, 6], [6, 8], [9]], [0, 6, 8]), [1, 6, 9]);
    assert.deepEqual(matchesOf([[1, 6], []], [0, 6]), [1]);
  });

  test('a text is cut where it holds another', () => {
    assert.deepEqual(cutAt('Loss and loss', 'loss'), [
      { text: 'Loss', isMatch: true },
      { text: ' and ', isMatch: false },
      { text: 'loss', isMatch: true },
    ]);
    assert.deepEqual(cutAt('İx', 'x'), [{ text: 'İx', isMatch: false }]);
  });
});
