import { isJsonObject, type Json } from '../../model/json.ts';
import { requireStorable } from '../../model/storable.ts';
import type { RestApp } from './app.ts';

/** Members of bodies that are sealed or hashed: any text will do. */
const SEALED: ReadonlySet<string> = new Set(['value', 'password', 'currentPassword']);

/** Refuses requests with a text that could not be stored as it was given, before they are looked at. */
export function refuseUnstorable(app: RestApp): void {
  app.addHook('preValidation', async ({ body, params, query }) => {
    requireStorable(params, 'params');
    requireStorable(query, 'querystring');
    requireStorable(withoutSealed(body as Json | undefined), 'body');
  });
}

function withoutSealed(body: Json | undefined): unknown {
  if (body === undefined || !isJsonObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !SEALED.has(name)));
}
