interface Paged<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Everything of a list, page after page; for lists that people make by hand. */
export async function allPages<Item>(page: (cursor: string | undefined) => Promise<Paged<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
