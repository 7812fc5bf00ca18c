import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderText } from '../template/render.ts';
import { cutText, escapeText, link } from './slack-text.ts';

/** As Slack reads a text: what stands between angle brackets acts, the rest is shown. */
function readAsSlack(text: string): { acts: string[]; shown: string } {
  const acts = [...text.matchAll(/<([^>]*)>/g)].map(([, inside = '']) => inside);
  const shown = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return { acts, shown };
}

/** Texts full of what Slack, templates and their expressions read as signs. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('<', '>', '&', '<!channel>', '<@U1>', '&lt;', '&amp;', '|', '${x}', '$${', '}', '\0', '*', '`'),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('AUT-132: whatever a value holds is shown as it is and acts as nothing; what the author wrote acts', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('', ' | upper', ' | truncate(7)', ' | default("<!here>")'), (value, pipe) => {
      const variables = { known: new Set(['v']), lookup: () => value };
      const source = `<@U1> \${v${pipe}} <https://host|words>`;
      const plain = renderText(source, variables).slice('<@U1> '.length, -' <https://host|words>'.length);
      const { acts, shown } = readAsSlack(renderText(source, variables, { write: escapeText }));
      assert.deepEqual(acts, ['@U1', 'https://host|words']);
      assert.equal(shown, `<@U1> ${plain} <https://host|words>`);
    }),
  );
});

test('a text is cut at its end only, and never within an escaped sign or a mention', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (value, most) => {
      const whole = `<@U1>${escapeText(value)}<@U2>`;
      const cut = cutText(whole, most);
      assert.ok(cut.length <= most);
      if (whole.length <= most) return assert.equal(cut, whole);
      assert.ok(cut.endsWith('…'));
      assert.ok(whole.startsWith(cut.slice(0, -1)));
      const left = cut.replace(/&(amp|lt|gt);|<@U[12]>/g, '');
      assert.doesNotMatch(left, /[&<>]/);
    }),
  );
});

test('a character outside of the basic plane is not halved', () => {
  assert.equal(cutText('a😀😀', 4), 'a😀…');
  assert.equal(cutText('a😀😀', 3), 'a…');
});

test('the address of a link cannot end it', () => {
  assert.equal(link('https://h/a?x=1&y=2', 'A & B'), '<https://h/a?x=1&amp;y=2|A &amp; B>');
  assert.equal(link('https://h/<!here>|x y', 'run'), '<https://h/%3C!here%3E%7Cx%20y|run>');
});
