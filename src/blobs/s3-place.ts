/** A bucket, and how it is reached. */
export interface S3Place {
  readonly bucket: string;
  /** Address of a store that speaks S3; `undefined` for the one of the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** What all keys begin with: empty, or ending with a slash. */
  readonly prefix: string;
  /** The bucket stands in the path and not in the host's name. */
  readonly pathStyle: boolean;
  /** `undefined` leaves it to the SDK: its variables, files, and the roles of machines. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Address under which clients reach the store themselves; `undefined` when all bytes go through Tripline. */
  readonly directUrl: string | undefined;
}

/** The place for people; it holds nothing secret. */
export function describeS3({ bucket, endpoint, region, prefix }: S3Place): string {
  return `s3://${bucket}/${prefix} at ${endpoint ?? region}`;
}
