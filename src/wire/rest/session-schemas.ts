import { z } from 'zod';
import type { SessionId } from '../../model/ids.ts';
import type { Session } from '../../store/sessions.ts';
import { id, instant, isoInstant } from './schemas.ts';

export const session = z
  .object({
    id,
    current: z.boolean().describe('the one that asks'),
    by: z.enum(['password', 'api_key']).describe('how it began; it ends with the key'),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instant,
    usedAt: instant.describe('kept to the hour'),
    expiresAt: instant.describe('moves on while it is used'),
  })
  .meta({ id: 'Session' });

export function toSession(kept: Session, current: SessionId | undefined): z.output<typeof session> {
  const { id, apiKeyId, address, userAgent, createdAt, usedAt, expiresAt } = kept;
  return {
    id,
    current: id === current,
    by: apiKeyId === null ? 'password' : 'api_key',
    address,
    userAgent,
    createdAt: isoInstant(createdAt),
    usedAt: isoInstant(usedAt),
    expiresAt: isoInstant(expiresAt),
  };
}
