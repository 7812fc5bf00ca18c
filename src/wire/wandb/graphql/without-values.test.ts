import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutValues } from './without-values.ts';

test('what the engine says of a variable is told without the value that was given', () => {
  const given = 'Variable "$input" got invalid value { name: "s3cret; x" }';
  const unknown = 'Field "nme" is not defined by type "CreateInput".';
  assert.equal(withoutValues(`${given}; ${unknown}`), `Variable "$input" got an invalid value: ${unknown}`);
  const required = 'Field "name" of required type "String!" was not provided.';
  assert.equal(withoutValues(`${given}; ${required}`), `Variable "$input" got an invalid value: ${required}`);
  assert.ok(
    !withoutValues(`${given} at "input.a"; String cannot represent a non string value: ["s3cret"]`).includes('s3cret'),
  );
  assert.equal(withoutValues(`${given}; whatever s3cret`), 'Variable "$input" got an invalid value');
});

test('literals and tokens of a document are not repeated; names of fields are', () => {
  assert.ok(!withoutValues('Int cannot represent non-integer value: "s3cret"').includes('s3cret'));
  assert.equal(withoutValues('Syntax Error: Unexpected Name "s3cret".'), 'Syntax Error: Unexpected Name.');
  const field = 'Cannot query field "x" on type "Query".';
  assert.equal(withoutValues(field), field);
});
