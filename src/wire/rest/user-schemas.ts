import { z } from 'zod';
import { isEmail } from '../../model/names.ts';
import type { User } from '../../store/users.ts';
import { id, instant, isoInstant } from './schemas.ts';

export const user = z
  .object({
    id,
    username: z.string(),
    email: z.string().nullable(),
    admin: z.boolean().describe('instance admin: may do everything'),
    serviceAccount: z.boolean().describe('works for a team, which deletes it'),
    createdAt: instant,
  })
  .meta({ id: 'User' });

export const email = z.string().refine(isEmail, 'must be an email address');

export const newUser = z
  .strictObject({
    username: z.string(),
    email: email.nullish(),
    admin: z.boolean().nullish(),
    password: z.string().nullish(),
    apiKey: z
      .string()
      .nullish()
      .describe(
        '40 or more printable characters, exactly 40 for clients before 0.22.3; without it the user has no key yet',
      ),
  })
  .meta({ id: 'NewUser' });

export function toUser({ id, username, email, admin, serviceOf, createdAt }: User): z.output<typeof user> {
  return { id, username, email, admin, serviceAccount: serviceOf !== null, createdAt: isoInstant(createdAt) };
}
