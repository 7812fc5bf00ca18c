import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * The value at a dotted path of a JSON object, to any depth; `undefined` when there is none. Keys that
 * themselves hold dots are found too: `{"a.b": 1}` at `a.b`.
 */
export function valueAt(tree: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(tree, path)) return tree[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    const below = Object.hasOwn(tree, head) ? tree[head] : undefined;
    const found = isJsonObject(below) ? valueAt(below, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
