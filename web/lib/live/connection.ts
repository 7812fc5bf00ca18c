import { queryClient } from '../query-client.ts';
import { kindsOf, reasonOf } from './messages.ts';
import { Refresher } from './refresher.ts';
import { isLive, setLiveState } from './state.ts';
import { tellKinds } from './told.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server says something at least every 15 seconds, and at once that it is ready: a proxy that gathers does not. */
const LONGEST_SILENCE_MS = 40_000;
const READY_WITHIN_MS = 10_000;

/** The page's one connection, on which it is told what changed. A tab that nobody sees has none. */
class Connection {
  readonly #refresher = new Refresher(queryClient);
  #address: string | undefined;
  #source: EventSource | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Connections in a row that could not be made, or were lost. */
  #losses = 0;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#settle());
    window.addEventListener('online', () => this.#settle());
  }

  /** What to listen to from now on; nothing where a page is of nothing that changes. */
  listenTo(address: string | undefined): void {
    if (address === this.#address) return;
    this.#address = address;
    this.#losses = 0;
    this.#settle();
  }

  /** Opens the connection anew, or leaves it closed. */
  #settle(): void {
    this.#close();
    if (this.#address === undefined || document.hidden) setLiveState('off');
    else this.#open(this.#address);
  }

  #open(address: string): void {
    const source = new EventSource(address);
    this.#source = source;
    this.#expect(READY_WITHIN_MS);
    for (const event of ['ready', 'beat', 'changed', 'reload'])
      source.addEventListener(event, () => this.#expect(LONGEST_SILENCE_MS));
    source.addEventListener('ready', () => {
      this.#losses = 0;
      setLiveState('live');
      this.#refresher.want();
    });
    source.addEventListener('changed', ({ data }) => {
      const kinds = kindsOf(data);
      tellKinds(kinds);
      this.#refresher.want(kinds);
    });
    source.addEventListener('reload', () => this.#refresher.want());
    source.addEventListener('end', ({ data }) => this.#end(reasonOf(data)));
    source.addEventListener('error', () => this.#lose());
  }

  /** The server says why. Whatever is signed out or hidden shows when it is read again. */
  #end(reason: string): void {
    if (reason === 'stopping') {
      this.#lose();
      return;
    }
    this.#close();
    setLiveState('off');
    this.#refresher.want();
  }

  /** Comes again, later each time; all pages of a server that was started anew do not come at once. */
  #lose(): void {
    this.#close();
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#losses) * (0.5 + Math.random());
    this.#losses += 1;
    // what is shown asks by itself while nobody tells: it must learn of that
    if (isLive()) this.#refresher.want();
    setLiveState('reconnecting');
    this.#again = setTimeout(() => this.#settle(), wait);
  }

  /** A connection that says nothing for longer is lost, also where nobody told the browser. */
  #expect(within: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), within);
  }

  #close(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = undefined;
  }
}

export const connection = new Connection();
