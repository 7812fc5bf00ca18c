import * as z from 'zod/mini';
import { AWAY } from '../reach.ts';
import { ApiError, UnreachableError } from './api-error.ts';
import type { Operation } from './operation.ts';

// a schema that is compiled into a function would need 'unsafe-eval', which the page's policy refuses
z.config({ jitless: true });

const errors = z.object({
  errors: z.array(z.object({ message: z.string(), path: z.optional(z.string()) })).check(z.minLength(1)),
});

/** A member that may be left out when nothing of it is needed. */
type Part<Name extends string, Value> = object extends Value
  ? { readonly [Key in Name]?: Value }
  : undefined extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** What one operation is asked with. */
export type Asked<Params extends z.ZodMiniType, Query extends z.ZodMiniType, Body extends z.ZodMiniType> = Part<
  'params',
  z.input<Params>
> &
  Part<'query', z.input<Query>> &
  Part<'body', z.input<Body>> & { readonly signal?: AbortSignal };

/**
 * Asks the API, as whoever is signed in, and reads its answer.
 *
 * @throws ApiError for refusals; UnreachableError when the server cannot be reached
 */
export async function call<
  Params extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Answer extends z.ZodMiniType,
>(operation: Operation<Params, Query, Body, Answer>, asked: Asked<Params, Query, Body>): Promise<z.output<Answer>> {
  const { params, query, body, signal }: { params?: unknown; query?: unknown; body?: unknown; signal?: AbortSignal } =
    asked;
  const response = await reached(addressOf(operation.path, params, query), {
    method: operation.method,
    headers: { 'x-tripline-page': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
  if (response.ok) return operation.answer.parse(answer);
  const refusal = errors.safeParse(answer).data?.errors[0];
  // the server itself always says why
  if (refusal === undefined && AWAY.has(response.status)) throw new UnreachableError();
  throw new ApiError(response.status, refusal?.message ?? 'the server gave no reason', refusal?.path);
}

/** An answer, whatever it says. @throws UnreachableError */
export async function reached(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    throw init.signal?.aborted === true ? error : new UnreachableError('no answer', { cause: error });
  }
}

/** Where an operation is asked; a value of several becomes a parameter that is repeated. */
export function addressOf(path: string, params: unknown, query: unknown): string {
  const values = new Map(entriesOf(params));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
  const search = new URLSearchParams(entriesOf(query));
  return `/api/v1${filled}${search.size === 0 ? '' : `?${search}`}`;
}

function entriesOf(values: unknown): [string, string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => (each === undefined ? [] : [[name, String(each)] as [string, string]])),
  );
}
