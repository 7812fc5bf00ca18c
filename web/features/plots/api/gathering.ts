/** What is asked for within this time is asked for together. */
const GATHERING_MS = 15;

interface Asking<Place, Wanted, Answer> {
  /** Whether one request may ask for all of it. */
  readonly fits: (wanted: readonly Wanted[], place: Place) => boolean;
  readonly ask: (place: Place, wanted: readonly Wanted[]) => Promise<Answer>;
}

interface Batch<Wanted, Answer> {
  readonly wanted: Wanted[];
  readonly answer: Promise<Answer>;
}

/** Makes one request of many questions about the same place. */
export class Gathering<Place, Wanted, Answer> {
  readonly #asking: Asking<Place, Wanted, Answer>;
  readonly #open = new Map<string, Batch<Wanted, Answer>>();

  constructor(asking: Asking<Place, Wanted, Answer>) {
    this.#asking = asking;
  }

  /** The answer to all that is asked together with this. */
  gather(place: Place, wanted: Wanted): Promise<Answer> {
    const name = JSON.stringify(place);
    const open = this.#open.get(name);
    if (open !== undefined && this.#asking.fits([...open.wanted, wanted], place)) {
      open.wanted.push(wanted);
      return open.answer;
    }
    const batch = this.#begin(name, place, wanted);
    this.#open.set(name, batch);
    return batch.answer;
  }

  #begin(name: string, place: Place, first: Wanted): Batch<Wanted, Answer> {
    const wanted = [first];
    const ask = async (): Promise<Answer> => {
      await new Promise((resolve) => setTimeout(resolve, GATHERING_MS));
      if (this.#open.get(name)?.wanted === wanted) this.#open.delete(name);
      return await this.#asking.ask(place, wanted);
    };
    return { wanted, answer: ask() };
  }
}
