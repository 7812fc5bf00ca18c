import { readSlackConfig, type SlackConfig } from '../actions/slack-config.ts';
import type { TenantId } from '../model/ids.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { unsealSlackUrl } from '../secrets/slack-url.ts';
import type { StoredDestination } from '../store/delivery-work.ts';
import type { Unreadable, WithoutSecret } from './closed-destination.ts';

/** A Slack channel with its address opened. Never log or keep it. */
export interface OpenSlack {
  readonly kind: 'slack';
  readonly config: SlackConfig;
  /** Of its incoming webhook. */
  readonly url: string;
  /** Blanks what is to be kept of an exchange with it. */
  readonly mask: Masker;
}

/** A channel whose address was opened by its tenant's data key, if that is among these. */
export function openSlack(
  { id, tenantId, config, sealed }: Pick<StoredDestination, 'id' | 'tenantId' | 'config' | 'sealed'>,
  keys: ReadonlyMap<TenantId, Uint8Array>,
): OpenSlack | Unreadable | WithoutSecret {
  const read = readSlackConfig(config);
  if (read === undefined || sealed === null) return { kind: 'unreadable' };
  const key = keys.get(tenantId);
  const url = key && unsealSlackUrl(key, { tenantId, id }, sealed);
  if (url === undefined) return { kind: 'secret_locked', name: 'Slack address' };
  return { kind: 'slack', config: read, url, mask: createMasker(credentialsIn(url)) };
}

/** The address, and the parts of it by which it could be written again. */
function credentialsIn(url: string): readonly string[] {
  const { pathname, search } = new URL(url);
  return [url, pathname + search, pathname, pathname.split('/').at(-1) ?? ''];
}
