import { setTimeout as delay } from 'node:timers/promises';
import { RESUME_STATUS, UPSERT_RUN } from '../support/documents.ts';
import { GraphqlRefusal, graphqlWith } from '../support/graphql.ts';
import { looseJson } from '../support/loose-json.ts';
import type { Server } from '../support/server.ts';
import type { RunEntry, SenderLedger } from './ledgers.ts';
import type { Random } from './random.ts';
import type { Chunk, Script } from './script.ts';

export interface Place {
  /** Any of them takes any request. */
  readonly nodes: readonly Pick<Server, 'call'>[];
  readonly key: string;
  readonly entity: string;
  readonly project: string;
}

/** How long the client would wait for an answer; it is 180 s there (wandb protocol, 0.5). */
const ANSWER_WITHIN_MS = 30_000;
const ACKNOWLEDGED_WITHIN_MS = 240_000;
const LONGEST_REST_MS = 500;

/** An answer that ends the client's stream. */
class Fatal extends Error {}

/**
 * Plays a run as its client would: one request at a time, the same body again and again until it has its 2xx. The
 * network is a bad one: answers are lost, requests are doubled, and copies of earlier ones arrive late.
 */
export async function play(place: Place, ledger: SenderLedger, script: Script, random: Random): Promise<void> {
  const sending = new Sending(place, ledger, script, random);
  try {
    for (const step of script.steps) {
      if (step.kind === 'start') await sending.start();
      else await sending.send(step);
      await delay(random.whole(0, 50));
    }
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    ledger.faults.push(`${script.id}: ${error.message}`);
  } finally {
    await sending.settle();
  }
}

class Sending {
  readonly #place: Place;
  readonly #ledger: SenderLedger;
  readonly #entry: RunEntry;
  readonly #random: Random;
  readonly #copies: Promise<unknown>[] = [];

  constructor(place: Place, ledger: SenderLedger, script: Script, random: Random) {
    this.#place = place;
    this.#ledger = ledger;
    this.#entry = ledger.open(script);
    this.#random = random;
  }

  /** `wandb.init`: asks how far the run came, then starts it. */
  async start(): Promise<void> {
    const { entity, project } = this.#place;
    const { id: name, group } = this.#entry.script;
    const where = { entity, project, name };
    const status = await this.#ask<ResumeStatus>(RESUME_STATUS, where);
    const stored = status.model?.bucket?.historyLineCount ?? 0;
    const lines = linesOf(this.#entry.acknowledged);
    if (stored !== lines) throw new Fatal(`resumed at line ${stored}, although ${lines} were acknowledged`);
    await this.#ask(UPSERT_RUN, { ...where, displayName: name, config: looseJson({ group: { value: group } }) });
  }

  async send(chunk: Chunk): Promise<void> {
    this.#entry.sent.push(chunk);
    const until = performance.now() + ACKNOWLEDGED_WITHIN_MS;
    const repeatable = isRepeatable(chunk);
    if (repeatable) this.#disturb(chunk);
    const isCut = () => chunk.abandoned || (repeatable && this.#random.chance(0.08));
    for (let tries = 0; !(await this.#post(chunk, isCut())); tries += 1) {
      if (chunk.abandoned) return;
      if (performance.now() > until) throw new Fatal(`no 2xx within ${ACKNOWLEDGED_WITHIN_MS / 1000} s`);
      await this.#rest(tries);
    }
    this.#entry.acknowledged.push(chunk);
  }

  /** The client waits longer each time, though from 2 s on. */
  #rest(tries: number): Promise<void> {
    const longest = Math.min(LONGEST_REST_MS, 10 * 2 ** tries);
    return delay(this.#random.whole(Math.ceil(longest / 2), longest));
  }

  async settle(): Promise<void> {
    await Promise.all(this.#copies);
  }

  /** Sends this request to a second node at the same time, or an earlier one once more. */
  #disturb(chunk: Chunk): void {
    const earlier = this.#entry.acknowledged.filter(isRepeatable);
    const doubled = this.#random.chance(0.1) ? [chunk] : [];
    const late = earlier.length > 0 && this.#random.chance(0.15) ? [this.#random.pick(earlier)] : [];
    for (const copy of [...doubled, ...late]) {
      this.#ledger.requests.copies += 1;
      const sent = delay(copy === chunk ? 0 : this.#random.whole(0, 150)).then(() => this.#post(copy, false));
      this.#copies.push(
        sent.catch((error: unknown) => {
          this.#ledger.faults.push(`${this.#entry.script.id}: a copy: ${(error as Error).message}`);
        }),
      );
    }
  }

  /** One request. @returns whether it was acknowledged; otherwise it must be repeated */
  async #post(chunk: Chunk, cut: boolean): Promise<boolean> {
    const { nodes, key, entity, project } = this.#place;
    const { requests } = this.#ledger;
    const limit = cut ? this.#random.whole(0, 12) : ANSWER_WITHIN_MS;
    const node = this.#random.pick(nodes);
    requests.sent += 1;
    try {
      const path = `/files/${entity}/${project}/${this.#entry.script.id}/file_stream`;
      const signal = AbortSignal.timeout(limit);
      const { status, text } = await node.call(path, { method: 'POST', key, body: chunk.body, signal });
      if (status >= 200 && status <= 299) {
        requests.acknowledged += 1;
        return true;
      }
      if (!isRepeated(status)) throw new Fatal(`a chunk was answered ${status}: ${text}`);
      requests.refusedForNow += 1;
    } catch (error) {
      if (error instanceof Fatal) throw error;
      requests.lost += 1;
    }
    return false;
  }

  /** One GraphQL operation, until it is answered. */
  async #ask<Data>(document: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const until = performance.now() + ACKNOWLEDGED_WITHIN_MS;
    for (let tries = 0; ; tries += 1) {
      try {
        const node = this.#random.pick(this.#place.nodes);
        return await graphqlWith(node, this.#place.key)<Data>(document, variables);
      } catch (error) {
        if (error instanceof GraphqlRefusal && !isRepeated(error.status))
          throw new Fatal(`GraphQL answered ${error.status}: ${error.message}`);
        if (performance.now() > until) throw new Fatal(`no answer within ${ACKNOWLEDGED_WITHIN_MS / 1000} s`);
        await this.#rest(tries);
      }
    }
  }
}

interface ResumeStatus {
  readonly model: { readonly bucket: { readonly historyLineCount: number } | null } | null;
}

/** What the client repeats (wandb protocol, 0.5). */
function isRepeated(status: number): boolean {
  return [408, 409, 429].includes(status) || (status >= 500 && status !== 501);
}

function linesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((lines, { history }) => lines + history.length, 0);
}

/**
 * Neither a summary nor an end has an offset: without lines beside it, a late copy of a summary cannot be told from
 * news, and one of an end, after the run was resumed, never.
 */
function isRepeatable({ summary, history, exitCode }: Chunk): boolean {
  return exitCode === undefined && (summary === undefined || history.length > 0);
}
