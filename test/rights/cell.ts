import assert from 'node:assert/strict';
import type { Answered, Rested } from '../support/in-process.ts';
import { FORBIDDEN, HIDDEN } from './stage.ts';

/** One role and one deed. */
export interface Cell {
  readonly allowed: boolean;
  /** Whether the role sees the place: what is refused is then forbidden, else not found. */
  readonly seen: boolean;
  /** HTTP status of what is allowed. */
  readonly success?: number;
  /** What a refusal leaves as it is. */
  readonly state?: () => Promise<unknown>;
}

/** Does a deed over REST and holds that it was answered as written, and changed nothing where refused. */
export async function asked(cell: Cell, deed: () => Promise<Rested>): Promise<Rested> {
  const before = await cell.state?.();
  const answer = await deed();
  const expected = cell.allowed ? (cell.success ?? 200) : cell.seen ? 403 : 404;
  assert.equal(answer.status, expected, JSON.stringify(answer.body));
  if (!cell.allowed) assert.deepEqual(await cell.state?.(), before);
  return answer;
}

/** The same over GraphQL. */
export async function askedWire(cell: Cell, deed: () => Promise<Answered>): Promise<Answered> {
  const before = await cell.state?.();
  const answer = await deed();
  if (cell.allowed) assert.equal(answer.message, '');
  else {
    assert.match(answer.message, cell.seen ? FORBIDDEN : HIDDEN);
    assert.deepEqual(await cell.state?.(), before);
  }
  return answer;
}

/** What an admin read of a thing, for {@link Cell.state}; a thing that is gone is a state too. */
export function kept({ status, body }: Rested): unknown {
  assert.ok(status === 200 || status === 404, JSON.stringify(body));
  return body;
}
