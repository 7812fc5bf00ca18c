import { setTimeout as delay } from 'node:timers/promises';
import { GraphqlRefusal, graphqlWith } from '../../support/graphql.ts';
import type { Server } from '../../support/server.ts';
import type { Random } from '../random.ts';
import type { Gate } from './gate.ts';
import { linkAlias, type Step, type UploadLedger, type VersionEntry } from './ledger.ts';
import { type Plan, type PlannedFile, PORTFOLIO } from './plan.ts';
import { isRepeated, putBytes, Refused } from './put-bytes.ts';
import {
  COMMIT,
  COMPLETE,
  CREATE,
  DELETE,
  digestOfAll,
  FILES,
  LINK,
  MANIFEST,
  manifestOf,
  md5,
  type Placed,
} from './requests.ts';

/** Of what is short-lived: an hour. */
const TTL_SECONDS = 3_600;
/** A version that is not acknowledged after so long has been lost. */
const ACKNOWLEDGED_WITHIN_MS = 180_000;

export interface UploadPlace {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly project: string;
  /** Files that come in one request go past Tripline: their arrival is not acknowledged by it. */
  readonly direct: boolean;
}

/** It is never heard of again. */
class Gone extends Error {}
/** What no client may be answered. */
class Fatal extends Error {}

/**
 * Logs one version by the requests of the client (wandb protocol, 5.2), and repeats each until it is answered. What was
 * broken off it goes on with by another request for addresses: then it sends what has not been received.
 */
export class UploadClient {
  readonly #place: UploadPlace;
  readonly #gate: Gate;
  readonly #ledger: UploadLedger;
  readonly #random: Random;
  readonly #plan: Plan;
  readonly #entry: VersionEntry;
  readonly #until = performance.now() + ACKNOWLEDGED_WITHIN_MS;
  #steps = 0;

  constructor(place: UploadPlace, gate: Gate, ledger: UploadLedger, plan: Plan, random: Random) {
    this.#place = place;
    this.#gate = gate;
    this.#ledger = ledger;
    this.#plan = plan;
    this.#random = random;
    this.#entry = ledger.open(plan);
  }

  /** Resolves when it is committed, or when its client is gone; a fault is in the ledger. */
  async log(): Promise<void> {
    try {
      await this.#create();
      const births = await this.#upload();
      await this.#commit(births);
      await this.#goOn();
    } catch (error) {
      if (error instanceof Gone) return;
      if (!(error instanceof Fatal)) throw error;
      this.#ledger.faults.push(`a version of ${this.#plan.collection}: ${error.message}`);
    }
  }

  async #create(): Promise<void> {
    const { entity, project } = this.#place;
    const { collection, aliases, files, fate } = this.#plan;
    const input = {
      ...{ entityName: entity, projectName: project, artifactTypeName: 'model', artifactCollectionName: collection },
      ...{ digest: digestOfAll(files), digestAlgorithm: 'MANIFEST_MD5', clientID: crypto.randomUUID() },
      aliases: [...aliases, 'latest'].map((alias) => ({ artifactCollectionName: collection, alias })),
      enableDigestDeduplication: true,
      ...(fate === 'ends' ? { ttlDurationSeconds: TTL_SECONDS } : {}),
    };
    const created = await this.#ask<{ createArtifact: { artifact: { id: string } } }>('create', CREATE, { input });
    this.#entry.id = created.createArtifact.artifact.id;
  }

  /** @returns whose bytes each file is */
  async #upload(): Promise<string[]> {
    for (;;) {
      const placed = await this.#askPlaces();
      for (const [at, file] of this.#plan.files.entries()) this.#expectKept(file, placed[at]!);
      let complete = true;
      for (const [at, file] of this.#plan.files.entries()) {
        if (complete) complete = await this.#bring(file, placed[at]!);
      }
      if (complete) return placed.map(({ artifact }) => artifact.id);
    }
  }

  async #askPlaces(): Promise<readonly Placed[]> {
    const artifactFiles = this.#plan.files.map(({ name, bytes, parts }) => ({
      ...{ artifactID: this.#entry.id, name, md5: md5(bytes).toString('base64') },
      uploadPartsInput: parts.map((part, at) => ({ partNumber: at + 1, hexMD5: md5(part).toString('hex') })),
    }));
    const input = { artifactFiles, storageLayout: 'V2' };
    const answer = await this.#ask<{ createArtifactFiles: { files: { edges: { node: Placed }[] } } }>('files', FILES, {
      input,
    });
    return answer.createArtifactFiles.files.edges.map(({ node }) => node);
  }

  /** What was acknowledged before need not be sent again. */
  #expectKept({ name }: PlannedFile, { uploadUrl, uploadMultipartUrls }: Placed): void {
    const arrived = this.#entry.arrived.get(name);
    if (uploadUrl === null || arrived === undefined) return;
    if (arrived === 'whole') throw new Fatal(`${name} was acknowledged, and is wanted again`);
    const received = uploadMultipartUrls?.uploadUrlParts.map((part) => part.received) ?? [];
    const lost = [...arrived].filter((number) => received[number - 1] !== true);
    if (lost.length > 0) throw new Fatal(`parts ${lost} of ${name} were acknowledged, and are wanted again`);
  }

  /** @returns whether it has arrived; otherwise the addresses are asked for again */
  async #bring(file: PlannedFile, placed: Placed): Promise<boolean> {
    const { name, bytes } = file;
    if (placed.uploadUrl === null) return true;
    const { uploadMultipartUrls: inParts } = placed;
    if (inParts === null) {
      if (!(await this.#put('put', placed.uploadUrl, bytes))) return false;
      if (!this.#place.direct) this.#entry.arrived.set(name, 'whole');
      return true;
    }
    const numbers = inParts.uploadUrlParts.map((_part, at) => at);
    const missing = numbers.filter((at) => inParts.uploadUrlParts[at]?.received !== true || this.#random.chance(0.1));
    const arrived = await Promise.all(
      missing.map(async (at) => {
        const done = await this.#put('part', inParts.uploadUrlParts[at]!.uploadUrl, file.parts[at]!);
        if (done) this.#noteParts(name).add(at + 1);
        return done;
      }),
    );
    return arrived.every((done) => done) && (await this.#complete(file, placed, inParts.uploadID));
  }

  #noteParts(name: string): Set<number> {
    const known = this.#entry.arrived.get(name);
    const numbers = known instanceof Set ? known : new Set<number>();
    this.#entry.arrived.set(name, numbers);
    return numbers;
  }

  async #complete({ name, parts }: PlannedFile, placed: Placed, uploadID: string): Promise<boolean> {
    const input = {
      ...{ completeMultipartAction: 'Complete', storagePath: placed.storagePath, uploadID },
      ...{ artifactID: placed.artifact.id },
      completedParts: parts.map((part, at) => ({ partNumber: at + 1, hexMD5: `"${md5(part).toString('hex')}"` })),
    };
    const complete = () => graphqlWith(this.#place.server, this.#place.key)(COMPLETE, { input });
    if (!(await this.#tryAgain('complete', complete))) return false;
    this.#entry.arrived.set(name, 'whole');
    return true;
  }

  #put(step: 'put' | 'part', url: string, bytes: Buffer): Promise<boolean> {
    const cut = this.#random.chance(0.05) ? this.#random.whole(0, 20) : undefined;
    return this.#tryAgain(step, () => putBytes(url, bytes, cut));
  }

  async #commit(births: readonly string[]): Promise<void> {
    const { entity, project } = this.#place;
    const { id } = this.#entry;
    const manifest = manifestOf(this.#plan.files, births);
    const input = {
      ...{ entityName: entity, projectName: project, runName: '', artifactID: id, type: 'FULL' },
      ...{ name: 'wandb_manifest.json', digest: md5(manifest).toString('base64') },
    };
    const made = await this.#ask<{
      createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } };
    }>('manifest', MANIFEST, { input });
    const { uploadUrl } = made.createArtifactManifest.artifactManifest.file;
    while (!(await this.#tryAgain('manifest', () => putBytes(uploadUrl, manifest))));
    await this.#ask('commit', COMMIT, { input: { artifactID: id } });
    this.#entry.commit = 'acknowledged';
  }

  /** What is done with a version as soon as it is there. */
  async #goOn(): Promise<void> {
    const { id } = this.#entry;
    switch (this.#plan.fate) {
      case 'is linked': {
        const { entity, project } = this.#place;
        const aliases = [{ artifactCollectionName: PORTFOLIO, alias: linkAlias(this.#entry) }];
        const place = { entityName: entity, projectName: project, artifactPortfolioName: PORTFOLIO };
        await this.#ask('link', LINK, { input: { ...place, artifactID: id, aliases } });
        break;
      }
      case 'is deleted':
        await this.#ask('delete', DELETE, { input: { artifactID: id, deleteAliases: true } });
        break;
      case 'stays':
      case 'ends':
        return;
    }
    this.#entry.after = 'acknowledged';
  }

  #ask<Data>(step: Step, document: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const { server, key } = this.#place;
    return this.#repeat(step, () => graphqlWith(server, key)<Data>(document, variables));
  }

  async #repeat<T>(step: Step, request: () => Promise<T>): Promise<T> {
    for (;;) {
      const answer = await this.#try(step, request);
      if (answer !== undefined) return answer.value;
    }
  }

  /** Repeats a request, or gives it up for another way. @returns whether it was acknowledged */
  async #tryAgain(step: Step, request: () => Promise<unknown>): Promise<boolean> {
    for (;;) {
      if ((await this.#try(step, request)) !== undefined) return true;
      if (this.#random.chance(0.5)) return false;
    }
  }

  /** @returns `undefined` when it is to be repeated @throws Gone, Fatal */
  async #try<T>(step: Step, request: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    this.#steps += 1;
    const isLast = this.#steps === this.#plan.lastStep;
    try {
      const value = await this.#gate.pass(() => {
        this.#ledger.begin(step);
        if (step === 'commit') this.#entry.commit = 'asked';
        if (step === 'link' || step === 'delete') this.#entry.after = 'asked';
        return request();
      });
      // the client may be gone before it has read the answer
      if (isLast) throw new Gone();
      this.#ledger.acknowledged += 1;
      return { value };
    } catch (error) {
      if (error instanceof Gone || isLast || this.#steps > (this.#plan.lastStep ?? Number.POSITIVE_INFINITY))
        throw new Gone();
      const status = error instanceof GraphqlRefusal || error instanceof Refused ? error.status : undefined;
      // the answer to the first was lost
      if (step === 'delete' && status === 404) return { value: undefined as T };
      if (status !== undefined && !isRepeated(status)) throw new Fatal(`${step} was answered ${status}: ${error}`);
      if (performance.now() > this.#until) throw new Fatal(`${step}: no answer for too long`);
      this.#ledger.lost += 1;
      await delay(this.#random.whole(5, 50));
      return undefined;
    }
  }
}
