import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { parseLooseJson } from '../../model/loose-json.ts';

/** An object as the client sent it; empty for none. */
export function objectOf(text: string | undefined): JsonObject {
  const parsed = text === undefined ? {} : parseLooseJson(text);
  return isJsonObject(parsed) ? parsed : {};
}

/** The same in plain JSON, which has no word for `NaN` and infinities: they are texts. */
export function sayable(value: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each)),
  );
}
