import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../model/clock.ts';
import type { EntityId, SessionId, UserId } from '../model/ids.ts';
import { deriveKey, type MasterKey } from './master-key.ts';
import type { MasterKeys } from './master-keys.ts';

const stateSchema = z.object({
  /** Who began. */
  userId: z.string() as unknown as z.ZodType<UserId>,
  /** For which entity. */
  entityId: z.string() as unknown as z.ZodType<EntityId>,
  /** In which it began, of a browser; `null` when an API key began it. */
  session: (z.string() as unknown as z.ZodType<SessionId>).nullable().default(null),
  /** Where Slack sends the browser back to: told again, word for word, when the code is exchanged. */
  redirectUri: z.string(),
  /** Names this state, so that it is used once. */
  nonce: z.string(),
  expiresAt: z.number(),
});

/** What comes back from Slack with whoever was sent there (automations, section 4.7). */
export type State = z.output<typeof stateSchema>;

export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** The state as a text that travels in an address: signed, not sealed. */
export function signState({ all: [master] }: MasterKeys, state: State): string {
  const content = Buffer.from(JSON.stringify(state), 'utf8').toString('base64url');
  return `${content}.${signature(master, content).toString('base64url')}`;
}

/** Reads what {@link signState} wrote under any master key that is known. */
export function verifyState({ all }: MasterKeys, text: string, now: Instant): State | 'forged' | 'expired' {
  const [content = '', given = '', ...more] = text.split('.');
  const bytes = Buffer.from(given, 'base64url');
  const isOurs = all.some((master) => {
    const expected = signature(master, content);
    return expected.length === bytes.length && timingSafeEqual(expected, bytes);
  });
  if (!isOurs || more.length > 0) return 'forged';
  const state = stateSchema.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
  return now < state.expiresAt ? state : 'expired';
}

function signature(master: MasterKey, content: string): Buffer {
  return createHmac('sha256', deriveKey(master, 'slack-state')).update(content).digest();
}
