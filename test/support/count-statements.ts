import type { Database } from '../../src/store/database.ts';

/** Counts the statements of a database until it is asked how many there were; who asks is looked up now and then. */
export function countStatements(database: Database): () => number {
  const { query, queryOnce } = database;
  let count = 0;
  database.query = (sql, parameters) => {
    if (!sql.includes('api_key')) count += 1;
    return query(sql, parameters);
  };
  database.queryOnce = (sql, parameters) => {
    count += 1;
    return queryOnce(sql, parameters);
  };
  return () => {
    Object.assign(database, { query, queryOnce });
    return count;
  };
}
