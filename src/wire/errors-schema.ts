import { z } from 'zod';

/** Every refusal. */
export const errors = z
  .object({
    errors: z.array(
      z.object({
        message: z.string(),
        code: z.string(),
        path: z.string().optional(),
        requestId: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Errors' });
