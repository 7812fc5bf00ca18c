import * as z from 'zod/mini';

const origin = z.object({
  address: z.nullish(z.string()),
  userAgent: z.nullish(z.string()),
  apiKey: z.nullish(z.object({ hint: z.string() })),
});

/** From where a deed was asked for, in short. */
export function originFacts(given: unknown): readonly (readonly [string, string | null | undefined])[] {
  const known = origin.safeParse(given).data;
  if (known === undefined) return [];
  const { address, userAgent, apiKey } = known;
  return [
    ['From', address],
    ['With', userAgent],
    ['API key', apiKey == null ? undefined : `ends in ${apiKey.hint}`],
  ];
}
