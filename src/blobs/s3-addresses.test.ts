import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { S3Addresses } from './s3-addresses.ts';
import { loadSdk, openClient } from './s3-client.ts';
import type { S3Place } from './s3-place.ts';

const PLACE: S3Place = {
  ...{ bucket: 'files', endpoint: undefined, region: 'eu-central-1', prefix: '', pathStyle: false },
  ...{ credentials: { accessKeyId: 'tester', secretAccessKey: 'a-secret' }, directUrl: undefined },
};
const MD5 = 'XrY7u+Ae7tCTyyK7j1rNww==';

const PLACES: Readonly<Record<string, Partial<S3Place>>> = {
  'of Amazon': {},
  'of Amazon with the bucket in the path': { pathStyle: true },
  'with a port, the bucket in the path': { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
  'with a path of its own': { endpoint: 'https://files.example.org/store', pathStyle: true },
  'with the bucket in its name': { endpoint: 'https://files.example.org' },
  'whose bucket cannot stand in its name': { endpoint: 'https://files.example.org', bucket: 'a.bucket_' },
};

describe('an address is the one that the SDK would sign', () => {
  for (const [what, more] of Object.entries(PLACES)) {
    test(`at a store ${what}`, async () => {
      const sdk = await loadSdk();
      const place = { ...PLACE, ...more };
      const client = openClient(sdk, place);
      const addresses = await S3Addresses.open(sdk, client, place.bucket);
      const target = { Bucket: place.bucket, Key: "for (all) it's/7/8" };
      const disposition = `attachment; filename*=UTF-8''a%20b.txt`;

      const get = await addresses.sign({
        ...{ method: 'GET', key: target.Key, seconds: 900 },
        query: { 'x-id': 'GetObject', 'response-content-disposition': disposition },
      });
      const command = new sdk.GetObjectCommand({ ...target, ResponseContentDisposition: disposition });
      assert.equal(get, await sdk.getSignedUrl(client, command, { expiresIn: 900, signingDate: dateOf(get) }));

      const put = await addresses.sign({
        ...{ method: 'PUT', key: target.Key, md5: MD5, seconds: 60 },
        query: { 'x-id': 'UploadPart', partNumber: '3', uploadId: 'an+upload/' },
      });
      const part = new sdk.UploadPartCommand({ ...target, PartNumber: 3, UploadId: 'an+upload/', ContentMD5: MD5 });
      const fixed = { signableHeaders: new Set(['host', 'content-md5']) };
      assert.equal(put, await sdk.getSignedUrl(client, part, { expiresIn: 60, signingDate: dateOf(put), ...fixed }));
    });
  }

  test('with the credentials that hold at the time', async () => {
    const sdk = await loadSdk();
    let renewals = 0;
    const client = new sdk.S3Client({
      region: PLACE.region,
      credentials: async () => {
        renewals += 1;
        const [accessKeyId, sessionToken] = [`key-${renewals}`, `token-${renewals}`];
        return { accessKeyId, secretAccessKey: 'a-secret', sessionToken, expiration: new Date(0) };
      },
    });
    const addresses = await S3Addresses.open(sdk, client, PLACE.bucket);
    const sign = () => addresses.sign({ method: 'GET', key: '7/8', query: {}, seconds: 900 });
    const [one, other] = [new URL(await sign()).searchParams, new URL(await sign()).searchParams];
    assert.notEqual(one.get('X-Amz-Security-Token'), other.get('X-Amz-Security-Token'));
    for (const address of [one, other]) {
      const [, number] = /^key-(\d+)\//.exec(address.get('X-Amz-Credential') ?? '') ?? [];
      assert.equal(address.get('X-Amz-Security-Token'), `token-${number}`);
    }
  });
});

/** When an address was signed. */
function dateOf(address: string): Date {
  const date = new URL(address).searchParams.get('X-Amz-Date') ?? '';
  return new Date(date.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
}
