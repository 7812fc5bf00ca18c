import { z } from 'zod';

/** A parameter that may be repeated: any of its values. @param most how many */
export function severalOf<Item extends z.ZodType>(item: Item, most: number, description: string) {
  return z
    .preprocess((given) => [given].flat(), z.array(item).min(1).max(most))
    .meta({ description: `${description}; may be repeated`, type: 'array', items: z.toJSONSchema(item) });
}
