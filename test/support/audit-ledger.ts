import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { parse } from 'graphql';
import type { AuditedDeed } from '../../src/model/audit.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf, type KeptEntry } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { type Graphql, GraphqlRefusal } from './graphql.ts';
import type { Answer, Call } from './http.ts';
import type { Person } from './scene.ts';
import type { Server } from './server.ts';

/** The address that a proxy tells; what stands before it, anybody could have written. */
export const CLIENT_ADDRESS = '203.0.113.7';
const HEADERS = { 'user-agent': 'audited/1', 'x-forwarded-for': `198.51.100.1, ${CLIENT_ADDRESS}` };

/** The parameters of a route's address, its query and what is sent. */
export interface Asked {
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

/** Sends what changes something, and holds what that leaves in the audit log. */
export class Ledger {
  /** Operations that have left an entry, each with its deed. */
  readonly done = new Set<string>();
  /** The last entry that was left. */
  last: KeptEntry | undefined;
  readonly #server: Server;
  readonly #database: Database;

  constructor(server: Server, database: Database) {
    this.#server = server;
    this.#database = database;
  }

  /** Calls a route such as `POST /api/v1/users`, which must leave one entry. @returns what it answered */
  async route<Body = Record<string, string>>(
    person: Person,
    deed: AuditedDeed,
    operation: string,
    asked: Asked = {},
  ): Promise<Body> {
    const answer = await this.#leaving(person, deed, operation, () => this.#ask(person, operation, asked));
    ok(answer.status < 300, `${operation} answered ${answer.status}: ${answer.text}`);
    return (answer.text.startsWith('{') ? JSON.parse(answer.text) : {}) as Body;
  }

  /** Mutations that are sent must each leave one entry, or none where no deed is given; queries none. */
  graphql(person: Person, deed?: AuditedDeed): Graphql {
    return async <Data>(query: string, variables: object) => {
      const call: Call = { method: 'POST', body: { query, variables }, headers: HEADERS, key: person.key };
      const send = () => this.#server.call('/graphql', call);
      const mutation = mutationOf(query);
      const audited = mutation !== undefined && deed !== undefined;
      const answer = await (audited ? this.#leaving(person, deed, mutation, send) : this.#leavingNone(send));
      const { data, errors } = JSON.parse(answer.text);
      if (errors !== undefined) throw new GraphqlRefusal(answer.status, JSON.stringify(errors));
      return data as Data;
    };
  }

  /** Calls a route that must be refused and leave no entry. */
  async refused(person: Person, status: number, operation: string, asked: Asked = {}): Promise<void> {
    const answer = await this.#leavingNone(() => this.#ask(person, operation, asked));
    strictEqual(answer.status, status, `${operation} answered ${answer.text}`);
  }

  /** All entries of all tenants. */
  async entries(): Promise<KeptEntry[]> {
    const rows = await this.#database.query<EntryRow>(`select ${ENTRY_COLUMNS} from audit_entry order by id`);
    return rows.map(entryOf);
  }

  #ask({ key }: Person, operation: string, { at = {}, query = '', body }: Asked): Promise<Answer> {
    const [method, route] = operation.split(' ') as ['POST', string];
    const path = route.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(at[name] ?? `no ${name}`));
    return this.#server.call(path + query, { method, key, headers: HEADERS, ...(body === undefined ? {} : { body }) });
  }

  async #leaving<Result>(
    { username, key }: Person,
    deed: AuditedDeed,
    operation: string,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const { result, left } = await this.#watched(act);
    const names = left.map((entry) => entry.deed);
    deepStrictEqual(names, [deed], `${operation} left [${names}], answered ${JSON.stringify(result)}`);
    const [entry] = left as [KeptEntry];
    this.last = entry;
    this.done.add(`${operation} ${deed}`);
    deepStrictEqual([entry.actorName, entry.reason], [username, null]);
    match(String(entry.actorId), /^\d+$/);
    const { apiKey, ...from } = entry.origin as { apiKey: { id: string; hint: string } };
    deepStrictEqual(from, { address: CLIENT_ADDRESS, userAgent: 'audited/1' });
    deepStrictEqual([/^\d+$/.test(apiKey.id), apiKey.hint], [true, key.slice(-4)]);
    ok(entry.subject.kind !== '' && entry.subject.id !== '' && entry.subject.name !== '', operation);
    return result;
  }

  async #leavingNone<Result>(act: () => Promise<Result>): Promise<Result> {
    const { result, left } = await this.#watched(act);
    deepStrictEqual(left, []);
    return result;
  }

  async #watched<Result>(act: () => Promise<Result>): Promise<{ result: Result; left: KeptEntry[] }> {
    const known = new Set((await this.entries()).map(nameOf));
    const result = await act();
    return { result, left: (await this.entries()).filter((entry) => !known.has(nameOf(entry))) };
  }
}

function nameOf({ tenantId, id }: KeptEntry): string {
  return `${tenantId}/${id}`;
}

/** The field of a mutation; `undefined` for a query. */
function mutationOf(document: string): string | undefined {
  const [operation] = parse(document).definitions;
  if (operation?.kind !== 'OperationDefinition' || operation.operation !== 'mutation') return undefined;
  const [field] = operation.selectionSet.selections;
  return field?.kind === 'Field' ? field.name.value : undefined;
}
