/** An object with anything in it: a filter, or a part of what somebody logged. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether something is an object, and no list. */
export function isObject(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether something is an object that is not empty. */
export function isTree(value: unknown): value is Tree {
  return isObject(value) && Object.keys(value).length > 0;
}
