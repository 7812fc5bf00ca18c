import type { S3Client } from '@aws-sdk/client-s3';
import { Agent } from 'undici';
import type { S3Place } from './s3-place.ts';

/**
 * The official client, loaded only here: it is large, and who keeps files in a folder starts without it.
 *
 * Its requests do not pass the outbound guard. The guard holds back addresses that users write; this one is the
 * operator's own, as the database's is, mostly inside the operator's network, and no request of a user changes it.
 * Redirects to other regions are not followed.
 */
export async function loadSdk() {
  // what Node runs here is the operator's to choose, and who installs a later SDK is told so by its package
  process.env[NO_WORD_OF_NODE] ??= 'true';
  const [s3, presigner] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/s3-request-presigner')]);
  return { ...s3, ...presigner };
}

/** The SDK's own switch for its warning that later ones of it want a later Node. */
const NO_WORD_OF_NODE = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** A store that cannot be connected to for so long is away. */
export const CONNECT_WITHIN_MS = 5_000;
/** A store that says nothing for so long, in the middle of an answer too. */
export const SILENCE_MS = 60_000;
/** At most, for each kind of request. */
export const SOCKETS = 128;
/** Faults are thrown, and told by whoever catches them; otherwise the client would write to the console. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** @param endpoint in place of the one that Tripline itself uses */
export function openClient(sdk: Sdk, place: S3Place, endpoint = place.endpoint): S3Client {
  return new sdk.S3Client({
    region: place.region,
    forcePathStyle: place.pathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(place.credentials === undefined ? {} : { credentials: place.credentials }),
    // every request says the MD5 of its body; the newer checksums are not known everywhere
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: SILENT,
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENCE_MS,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    },
  });
}

/**
 * Connections for requests by signed addresses, with the client's patience; each user has some of its own. Answers must
 * be taken as they come: for others see `S3Answers`.
 */
export function openAgent(): Agent {
  return new Agent({
    connections: SOCKETS,
    connectTimeout: CONNECT_WITHIN_MS,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  });
}
