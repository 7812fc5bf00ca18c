/** A release of the client: major, minor, patch. */
export type ClientVersion = readonly [major: number, minor: number, patch: number];

const AGENT = /^W&B (?:Public|Internal) Client (\d+)\.(\d+)\.(\d+)/;

/** The client that sends this `User-Agent`; `undefined` for everything else. */
export function clientVersionOf(userAgent: string | undefined): ClientVersion | undefined {
  const [, major, minor, patch] = AGENT.exec(userAgent ?? '') ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

export function isOlder(one: ClientVersion, other: ClientVersion): boolean {
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing >= 0 && Number(one[differing]) < Number(other[differing]);
}
