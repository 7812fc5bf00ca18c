import { tellDone } from '../../../../lib/notices.ts';
import { sentence } from '../../../../lib/words.ts';

/** Tells that a secret was stored, and what whoever gave the value should know. */
export function told(done: string, notices: readonly string[]): void {
  tellDone([done, ...notices.map(sentence)].join(' '));
}
