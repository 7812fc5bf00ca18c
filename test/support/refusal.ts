import { GraphqlRefusal } from './graphql.ts';

/** @throws Error when the deed was not refused */
export async function refusalOf(deed: () => Promise<unknown>): Promise<GraphqlRefusal> {
  try {
    await deed();
  } catch (error) {
    if (error instanceof GraphqlRefusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
