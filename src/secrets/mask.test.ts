import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMasker, isMaskable, MASK, maskSecrets } from './mask.ts';

/** The forms that are promised, each written down by itself. */
const FORMS: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  base64: (value) => Buffer.from(value).toString('base64'),
  base64url: (value) => Buffer.from(value).toString('base64url'),
  hex: (value) => Buffer.from(value).toString('hex'),
  'hex in capitals': (value) => Buffer.from(value).toString('hex').toUpperCase(),
  'URL-encoded': (value) => encodeURIComponent(value),
  'form-encoded': (value) => new URLSearchParams([['', value]]).toString().slice(1),
  'JSON-escaped': (value) => JSON.stringify(value).slice(1, -1),
  'HTML-escaped': (value) =>
    value
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/'/g, '&#39;'),
  'JSON-escaped twice': (value) => JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
  'JSON-escaped as Go does': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  'JSON in base64': (value) => Buffer.from(JSON.stringify(value).slice(1, -1)).toString('base64'),
  'read byte by byte': (value) => Buffer.from(value).toString('latin1'),
  reversed: (value) => Array.from(value).reverse().join(''),
};

const values = fc
  .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
  .filter((value) => isMaskable(value) && Buffer.from(value).toString() === value);
/** Text around a secret; what holds no letter of base64 cannot prolong a form. */
const around = fc.string({ unit: fc.constantFrom(' ', '\n', '.', ';', '(', '§'), minLength: 1, maxLength: 12 });

for (const [form, write] of Object.entries(FORMS)) {
  test(`a value is masked in its form ${form}, and what stands around it stays`, () => {
    fc.assert(
      fc.property(values, around, around, (value, before, after) => {
        fc.pre(!`${before}${after}`.includes(write(value)) && ![...value].every((sign) => ' \n.;(§'.includes(sign)));
        const masked = maskSecrets(before + write(value) + after, [value]);
        assert.ok(!masked.includes(write(value)));
        if (!/[ \n.;(§]/u.test(write(value))) assert.equal(masked, before + MASK + after);
      }),
    );
  });
}

test('of several secrets in one text no form of any is left, however they overlap', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 6, maxLength: 8 });
  const written = fc.tuple(short, fc.constantFrom(...Object.values(FORMS)));
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (parts) => {
      const text = parts.map(([value, write]) => write(value)).join('');
      const secrets = parts.map(([value]) => value);
      const masked = maskSecrets(text, secrets);
      for (const value of secrets) for (const write of Object.values(FORMS)) assert.ok(!masked.includes(write(value)));
    }),
  );
});

test('a value is masked amid something longer that was encoded, as in basic authentication', () => {
  const value = 'correct horse battery';
  for (const user of ['', 'a', 'ab', 'abc', 'api:', 'root:x']) {
    const header = Buffer.from(`${user}${value}`).toString('base64');
    const decoded = Buffer.from(maskSecrets(header, [value]).replace(MASK, ''), 'base64').toString('latin1');
    assert.ok(!decoded.includes('orrect'), header);
    assert.ok(maskSecrets(header, [value]).includes(MASK), header);
  }
});

test('JSON as Python writes it is masked too', () => {
  assert.equal(maskSecrets('{"t": "\\u00e4\\u20ac\\/key"}', ['ä€/key']), `{"t": "${MASK}"}`);
  assert.equal(maskSecrets('{"t": "\\u00E4\\u20AC/key"}', ['ä€/key']), `{"t": "${MASK}"}`);
});

test('a value shorter than 6 characters stays, and is told to be unmaskable', () => {
  assert.equal(isMaskable('12345'), false);
  assert.equal(isMaskable('🔑🔑🔑🔑🔑'), false);
  assert.equal(isMaskable('123456'), true);
  assert.equal(maskSecrets('port 12345', ['12345', '']), 'port 12345');
});

test('AUT-121: a secret that the end of a text cuts in two is masked in every form', () => {
  const cuts = fc.tuple(
    values,
    fc.constantFrom(...Object.values(FORMS)),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(cuts, ([value, write, share]) => {
      const form = write(value);
      const beginning = form.slice(0, Math.max(1, Math.floor(form.length * share)));
      const masked = createMasker([value])(`§§${beginning}`, { cut: true });
      assert.ok(masked.endsWith(MASK), masked);
      if (!beginning.includes('§')) assert.equal(masked, `§§${MASK}`);
    }),
  );
  assert.equal(createMasker(['a whole secret'])('what a w'), 'what a w', 'a text that is whole stays');
});

test('a masker that knows no secret changes nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => createMasker([])(text) === text));
});
