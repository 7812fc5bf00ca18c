import { type Change, type Topic, topicsOf } from '../../model/change.ts';
import type { Reader } from './reader.ts';

/** Who listens on this node, by what they listen to. */
export class Readers {
  readonly #topics = new Map<Reader, readonly Topic[]>();
  readonly #listening = new Map<Topic, Set<Reader>>();

  get size(): number {
    return this.#topics.size;
  }

  all(): Reader[] {
    return [...this.#topics.keys()];
  }

  topics(): Topic[] {
    return [...this.#listening.keys()];
  }

  has(topic: Topic): boolean {
    return this.#listening.has(topic);
  }

  /** Everybody who listens to what a change is about, each once. */
  of(change: Change): ReadonlySet<Reader> {
    return new Set(topicsOf(change).flatMap((topic) => [...(this.#listening.get(topic) ?? [])]));
  }

  /** Adds a reader, or notes what it listens to by now. @returns topics to which nobody listened before */
  put(reader: Reader): Topic[] {
    const { topics } = reader.subject;
    if (this.#topics.get(reader) === topics) return [];
    this.remove(reader);
    this.#topics.set(reader, topics);
    const fresh = topics.filter((topic) => !this.has(topic));
    for (const topic of topics) this.#listening.set(topic, (this.#listening.get(topic) ?? new Set()).add(reader));
    return fresh;
  }

  isIn(reader: Reader): boolean {
    return this.#topics.has(reader);
  }

  remove(reader: Reader): void {
    for (const topic of this.#topics.get(reader) ?? []) {
      const listening = this.#listening.get(topic);
      listening?.delete(reader);
      if (listening?.size === 0) this.#listening.delete(topic);
    }
    this.#topics.delete(reader);
  }
}
