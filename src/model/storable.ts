import { invalid } from './error.ts';

const UNSTORABLE = /[\p{Surrogate}\0]/gu;

/** Whether PostgreSQL can hold a text, in a parameter too: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.search(UNSTORABLE) === -1;
}

/** Where a value stands: built for containers only, printed for a refusal only. */
interface Place {
  readonly key: string;
  readonly within: Place | undefined;
}

/**
 * Refuses what somebody gives, in names, filters and all else, that could not be stored as it is: it would come to be
 * another name in silence. However deep it nests, it is looked at without recursion.
 *
 * @param path where the value stands in the request
 * @throws TriplineError invalid, naming the place
 */
export function requireStorable(value: unknown, path: string): void {
  const waiting: { readonly value: unknown; readonly place: Place }[] = [
    { value, place: { key: path, within: undefined } },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: one, place } = next;
    if (typeof one === 'string' && !isStorable(one)) throw refusal(place);
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, item] of Object.entries(one)) {
      const within = { key, within: place };
      if (!isStorable(key)) throw refusal(within);
      if (typeof item === 'object' || typeof item === 'string') waiting.push({ value: item, place: within });
    }
  }
}

function refusal(place: Place) {
  const keys: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.within) keys.unshift(at.key);
  const path = keys.join('.').slice(0, 200).replaceAll(UNSTORABLE, '\ufffd');
  return invalid(`${path} holds a NUL or half of a surrogate pair: no text may`, path);
}
