import { setTimeout as delay } from 'node:timers/promises';
import { GraphqlRefusal } from '../../support/graphql.ts';
import {
  commitVersion,
  type Logging,
  logVersion,
  uploadAddition,
  uploadTogether,
} from '../../support/logged-version.ts';
import type { Random } from '../random.ts';
import type { Gate } from './gate.ts';
import type { UploadLedger } from './ledger.ts';
import type { Plan } from './plan.ts';
import { isRepeated } from './put-bytes.ts';

const PAUSE_MS = 20;

/**
 * A version that two clients write, or that adds to another one. What is broken off while it is brought is left as it
 * is; its commit, which puts the manifests together, is repeated until it is answered.
 */
export async function logComposed(
  place: Logging,
  gate: Gate,
  ledger: UploadLedger,
  collection: string,
  random: Random,
): Promise<void> {
  const [own, more] = [contentOf(random), contentOf(random)];
  const files = { 'own.bin': own, 'more.bin': more };
  const plan: Plan = {
    collection,
    aliases: [],
    files: Object.entries(files).map(planned),
    lastStep: undefined,
    fate: 'stays',
  };
  const together = random.chance(0.5);
  const bring = () =>
    together
      ? uploadTogether(place, { collection, parts: [{ 'own.bin': own }, { 'more.bin': more }] })
      : bringAdded(place, collection, own, more);
  const id = await gate.pass(bring).catch(() => undefined);
  if (id === undefined) return;
  const entry = ledger.open(plan);
  entry.id = id;
  entry.commit = 'asked';
  while (!(await isCommitted(place, gate, ledger, id))) await delay(PAUSE_MS);
  entry.commit = 'acknowledged';
}

async function bringAdded(place: Logging, collection: string, own: Buffer, more: Buffer): Promise<string> {
  const base = await logVersion(place, { collection, files: { 'own.bin': own } });
  return uploadAddition(place, { collection, base, files: { 'more.bin': more } });
}

/** @returns `false` when the commit is to be repeated */
async function isCommitted(place: Logging, gate: Gate, ledger: UploadLedger, id: string): Promise<boolean> {
  try {
    await gate.pass(() => commitVersion(place.graphql, id));
    return true;
  } catch (error) {
    if (!(error instanceof GraphqlRefusal) || isRepeated(error.status)) return false;
    ledger.faults.push(`the commit of ${id} was answered ${error.status}: ${error.message}`);
    return true;
  }
}

function contentOf(random: Random): Buffer {
  return Buffer.alloc(random.whole(1, 100_000), String(random.next()));
}

function planned([name, bytes]: [string, Buffer]): Plan['files'][number] {
  return { name, bytes, parts: [] };
}
