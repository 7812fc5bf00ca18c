import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseCutJson } from '../web/components/preview/cut-json.ts';
import { parseCsv } from '../web/components/preview/parse-csv.ts';
import { previewKind } from '../web/components/preview/preview-kind.ts';
import { tableOfCsv, tableOfJson } from '../web/components/preview/table-of.ts';

describe('what previews of files make of them', () => {
  test('a name says how a file is shown, and nothing that could run is shown as what it is', () => {
    const kinds = ['a/b.TABLE.json', 'c.json', 'd.csv', 'e.PNG', 'f.svg', 'g.html', 'h', 'i.yaml', 'j.md'].map(
      previewKind,
    );
    assert.deepEqual(kinds, ['table', 'json', 'csv', 'image', 'image', 'text', 'text', 'text', 'markdown']);
  });

  test('of JSON that is cut off, what stands there whole is read', () => {
    const text = '{"columns": ["a,b", "c"], "data": [[1, "x]"], [NaN, "y\\"{"], [3, "unfini';
    assert.deepEqual(parseCutJson(text, true), {
      columns: ['a,b', 'c'],
      data: [[1, 'x]'], [Number.NaN, 'y"{'], [3]],
    });
    for (let end = text.indexOf(', "c"') + 1; end < text.length; end += 1) {
      assert.notEqual(parseCutJson(text.slice(0, end), true), undefined, text.slice(0, end));
    }
    assert.equal(parseCutJson('{"a": 1', false), undefined);
  });

  test('comma-separated values keep quotes, line breaks and commas in cells', () => {
    const text = 'a,"b ""c"", d"\r\n"two\nlines",\n\nlast,cell';
    assert.deepEqual(parseCsv(text, ',', 10), [
      ['a', 'b "c", d'],
      ['two\nlines', ''],
      ['last', 'cell'],
    ]);
    assert.equal(parseCsv(text, ',', 1).length, 1);
  });

  test('a table that is cut off has its whole rows', () => {
    assert.deepEqual(tableOfCsv('x.tsv', 'a\tb\n1\t2\n3\t', true), { columns: ['a', 'b'], rows: [['1', '2']] });
    assert.equal(tableOfJson('{"columns": ["a"], "data": {"no": 1}}', false), undefined);
    assert.equal(tableOfJson('not json', false), undefined);
  });
});
