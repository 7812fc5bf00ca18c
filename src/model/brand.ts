declare const kind: unique symbol;

/** A value of type `T` that only its own maker produces: ids of different things do not mix. */
export type Brand<T, Kind extends string> = T & { readonly [kind]: Kind };
