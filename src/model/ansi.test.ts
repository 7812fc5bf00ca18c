import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainText, spansOf } from './ansi.ts';

const looks = (line: string) =>
  spansOf(line).map(({ text, colour, bold, dim, italic, underlined }) => [
    text,
    colour,
    [bold && 'bold', dim && 'dim', italic && 'italic', underlined && 'underlined'].filter(Boolean).join(' '),
  ]);

describe('lines as a terminal shows them', () => {
  test('colours and styles begin and end where the line says', () => {
    assert.deepEqual(looks('a \u001b[1;31mred\u001b[0m b\u001b[4mc\u001b[24md'), [
      ['a ', undefined, ''],
      ['red', 1, 'bold'],
      [' b', undefined, ''],
      ['c', undefined, 'underlined'],
      ['d', undefined, ''],
    ]);
    assert.deepEqual(looks('\u001b[92;2mx\u001b[39my\u001b[22;3mz\u001b[m.'), [
      ['x', 10, 'dim'],
      ['y', undefined, 'dim'],
      ['z', undefined, 'italic'],
      ['.', undefined, ''],
    ]);
  });

  test('of many colours the nearest of sixteen is taken, and what follows is not lost', () => {
    assert.deepEqual(
      looks('\u001b[38;5;196;1mred\u001b[38;2;10;200;30mgreen\u001b[48;5;21mground\u001b[38;5;240mgrey'),
      [
        ['red', 1, 'bold'],
        ['green', 2, 'bold'],
        ['ground', 2, 'bold'],
        ['grey', 8, 'bold'],
      ],
    );
  });

  test('a progress bar shows where it ended, and nothing else reaches a terminal', () => {
    assert.equal(plainText(' 10%|#  |\r 50%|## |\r100%|###|'), '100%|###|');
    assert.equal(plainText('100%|###|\r\u001b[K'), '100%|###|');
    assert.equal(plainText('done\r'), 'done');
    assert.equal(
      plainText('\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\ \u001b]0;title\u0007a\tb\u0008\u0007'),
      'link a\tb',
    );
    assert.equal(plainText('\u001b[2J\u001b[1;1Hx\u001b[?25l\u001bMy\u001b'), 'xy');
    assert.equal(plainText(''), '');
  });
});
