import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentHeaders, mediaType } from './content-type.ts';

test('the media type follows the extension', () => {
  assert.equal(mediaType('media/images/X.PNG'), 'image/png');
  assert.equal(mediaType('wandb-metadata.json'), 'application/json');
  assert.equal(mediaType('model.pt'), 'application/octet-stream');
  assert.equal(mediaType('a.constructor'), 'application/octet-stream');
  assert.equal(mediaType('noextension'), 'application/octet-stream');
});

test('nothing that can hold a script is shown in place, and everything is boxed in', () => {
  for (const name of ['x.html', 'x.svg', 'x.xml', 'x.pdf', 'x.js', 'x.unknown', 'html']) {
    assert.match(contentHeaders(name)['content-disposition'] ?? '', /^attachment;/, name);
  }
  assert.match(contentHeaders('x.png')['content-disposition'] ?? '', /^inline;/);
  assert.match(contentHeaders('x.png')['content-security-policy'] ?? '', /^sandbox;/);
  assert.equal(contentHeaders('x.png')['x-content-type-options'], 'nosniff');
});

test('a name cannot break out of its header', () => {
  const disposition = contentHeaders('dir/a"b\r\nx: y\'(1)*.png')['content-disposition'];
  assert.equal(disposition, "inline; filename*=UTF-8''a%22b%0D%0Ax%3A%20y%27%281%29%2a.png");
});
