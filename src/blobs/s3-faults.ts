import { invalid, notFound, TriplineError } from '../model/error.ts';
import { describeS3, type S3Place } from './s3-place.ts';

/** What a fault of the store is called: by the store, or by the system when it was not reached. */
export function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** A fault of the store that was not told by the SDK, in its form. @param answer of the store, XML mostly */
export function faultOf(status: number, answer: string): Error {
  const [, name = 'UnknownError'] = /<Code>(\w+)<\/Code>/.exec(answer) ?? [];
  return Object.assign(new Error(`the object store answered ${status}`), {
    ...{ name, $metadata: { httpStatusCode: status } },
  });
}

export function statusOf(error: unknown): number | undefined {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return typeof status === 'number' ? status : undefined;
}

export function isAbsent(error: unknown): boolean {
  return statusOf(error) === 404 && ['NoSuchKey', 'NotFound'].includes(faultName(error));
}

export function isUploadAbsent(error: unknown): boolean {
  return faultName(error) === 'NoSuchUpload';
}

export function otherBytes(): TriplineError {
  return invalid('these bytes have another MD5 than announced: send them again');
}

/**
 * The refusal for a fault of the store. What was asked may be asked again, of another place or another time; the
 * store's own words, which can name keys and signatures, are not passed on.
 */
export function refusalOf(error: unknown): TriplineError {
  if (error instanceof TriplineError) return error;
  if (isAbsent(error)) return notFound('the content of this file is gone');
  const name = faultName(error);
  if (isUploadAbsent(error)) return notFound('this upload has ended: begin a new one');
  if (name === 'BadDigest' || name === 'InvalidDigest') {
    return otherBytes();
  }
  if (name === 'EntityTooSmall') {
    return invalid('the object store takes no part below 5 MiB but the last: send larger parts');
  }
  return new TriplineError('unavailable', `the object store did not do what was asked (${name}); try again`, {
    retryAfter: 1,
    cause: error,
  });
}

/** What keeps a store from being used, for the operator at the start; it holds nothing secret. */
export function startFault(place: S3Place, error: unknown): TriplineError {
  return invalid(`Files cannot be kept in ${describeS3(place)}: ${reasonOf(place, error)}`);
}

function reasonOf({ bucket, endpoint, region }: S3Place, error: unknown): string {
  const name = faultName(error);
  switch (name) {
    case 'NoSuchBucket':
      return `there is no bucket '${bucket}'. Make it, or name another with --s3-bucket.`;
    case 'InvalidAccessKeyId':
      return 'the store does not know this access key. Look at TRIPLINE_S3_ACCESS_KEY_ID.';
    case 'SignatureDoesNotMatch':
      return 'the secret key does not belong to the access key. Look at TRIPLINE_S3_SECRET_ACCESS_KEY.';
    case 'CredentialsProviderError':
      return 'there are no credentials. Give TRIPLINE_S3_ACCESS_KEY_ID and TRIPLINE_S3_SECRET_ACCESS_KEY, or a role.';
    case 'AccessDenied':
    case 'Forbidden':
    case '403':
      return 'access is denied. The credentials need s3:GetObject, s3:PutObject, s3:DeleteObject, s3:ListBucket, s3:ListBucketMultipartUploads, s3:ListMultipartUploadParts and s3:AbortMultipartUpload there.';
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
      return `the bucket is not in the region '${region}'. Name its region with --s3-region.`;
    default:
      return statusOf(error) === undefined
        ? `the store cannot be reached (${name}). Look at --s3-endpoint${endpoint === undefined ? '' : ` ${endpoint}`}.`
        : `it answered ${statusOf(error)} (${name}).`;
  }
}
