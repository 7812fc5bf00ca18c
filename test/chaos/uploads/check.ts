import { createHash } from 'node:crypto';
import type { Graphql } from '../../support/graphql.ts';
import { expectKnown, expectNoneTorn, expectTidy, expectWhole, type Stored } from '../../support/stored-bytes.ts';
import { until } from '../../support/wait.ts';
import type { UploadPlace } from './client.ts';
import { linkAlias, mayBeDeleted, type UploadLedger, type VersionEntry } from './ledger.ts';
import { PORTFOLIO } from './plan.ts';

const FILES = `query Files($id: ID!) { artifact(id: $id) { state
  files(first: 50) { edges { node { name directUrl } } } } }`;
const VERSIONS = `query Versions($entity: String!, $project: String!, $collection: String!) {
  project(entityName: $entity, name: $project) { artifactCollection(name: $collection) {
    aliases(first: 1000) { edges { node { alias } } }
    artifactMemberships(first: 1000) { edges { node { versionIndex aliases { alias } artifact { id state } } } } } } }`;

interface Named {
  readonly id: string;
  readonly state: string;
}

interface Alias {
  readonly alias: string;
}

interface Listed {
  readonly aliases: { readonly edges: readonly { readonly node: Alias }[] };
  readonly artifactMemberships: {
    readonly edges: readonly {
      readonly node: { versionIndex: number; aliases: readonly Alias[]; artifact: Named | null };
    }[];
  };
}

/** What is wrong after a kill, while nothing is under way; a sample of versions is downloaded. */
export async function faultsAfterKill(
  stored: Stored,
  graphql: Graphql,
  place: UploadPlace,
  ledger: UploadLedger,
  sample: readonly VersionEntry[],
): Promise<string[]> {
  return [
    ...(await faultOf('what lies there', expectKnown(stored))),
    ...(await faultOf('torn versions', expectNoneTorn(stored))),
    ...(await listingFaults(graphql, place, ledger)),
    ...(await downloadFaults(graphql, sample)),
  ];
}

/** What is wrong at the end, when time has passed and what nothing needs is to be gone. */
export async function faultsAtTheEnd(
  stored: Stored,
  graphql: Graphql,
  place: UploadPlace,
  ledger: UploadLedger,
): Promise<string[]> {
  const asked = ledger.versions.filter(({ id, commit }) => commit === 'asked' && id !== undefined);
  const ending = ledger.versions.filter(({ id, plan }) => plan.fate === 'ends' && id !== undefined);
  return [
    ...(await faultOf('what has lived long enough', ended(stored))),
    ...(await faultOf('what nothing needs', tidied(stored))),
    ...(await faultOf('bytes', expectWhole(stored))),
    ...(await listingFaults(graphql, place, ledger, ending)),
    ...(await downloadFaults(graphql, without(ending, ledger.committed))),
    // of a client that is gone: whole or not at all
    ...(await downloadFaults(graphql, await committedOf(graphql, without(ending, asked)))),
  ];
}

function without(some: readonly VersionEntry[], entries: readonly VersionEntry[]): VersionEntry[] {
  return entries.filter((entry) => !some.includes(entry));
}

/** What a killed server was about to end waits until its lease is over, 30 s. */
const LEASED = { within: 60_000 };

async function ended({ database }: Stored): Promise<void> {
  await until(
    'versions to end',
    async () => {
      const left = await database.query(`select from artifact where state = 'committed' and ttl_seconds > 0`);
      return left.length === 0;
    },
    LEASED,
  );
}

/** The collector comes once a minute. */
const COLLECTED = { within: 130_000 };

async function tidied(stored: Stored): Promise<void> {
  const isTidy = async () => {
    const pending = await stored.database.query(`select from artifact where state = 'pending'`);
    return pending.length === 0 && (await faultOf('', expectTidy(stored))).length === 0;
  };
  await until('all of it to be removed', isTidy, COLLECTED).catch(() => expectTidy(stored));
}

async function faultOf(what: string, expectation: Promise<void>): Promise<string[]> {
  return expectation.then(
    () => [],
    (error: unknown) => [`${what}: ${error instanceof Error ? error.message : error}`],
  );
}

/** What a collection is to hold. */
interface Shelf {
  readonly collection: string;
  readonly held: readonly VersionEntry[];
  readonly notHeld: readonly VersionEntry[];
  readonly aliases: readonly string[];
}

/** @param gone versions whose time is over */
function shelvesOf({ versions }: UploadLedger, gone: readonly VersionEntry[]): Shelf[] {
  const linked = versions.filter(({ plan }) => plan.fate === 'is linked');
  const names = [...new Set(versions.map(({ plan }) => plan.collection))];
  return [
    ...names.map((name) => sequenceShelf(name, versions, gone)),
    {
      collection: PORTFOLIO,
      held: linked.filter(({ after }) => after === 'acknowledged'),
      notHeld: linked.filter(({ after }) => after === 'not asked'),
      aliases: linked.filter(({ after }) => after === 'acknowledged').map(linkAlias),
    },
  ];
}

function sequenceShelf(collection: string, versions: readonly VersionEntry[], gone: readonly VersionEntry[]): Shelf {
  const own = versions.filter(({ plan }) => plan.collection === collection);
  const held = own.filter((entry) => entry.commit === 'acknowledged' && !mayBeDeleted(entry) && !gone.includes(entry));
  const isDeleted = (entry: VersionEntry) => mayBeDeleted(entry) && entry.after === 'acknowledged';
  const notHeld = own.filter((entry) => entry.commit === 'not asked' || isDeleted(entry) || gone.includes(entry));
  // with the newest version goes the name `latest`, until another comes
  const hasLatest = held.length > 0 && own.every(({ plan }) => plan.fate === 'stays' || plan.fate === 'is linked');
  const aliases = [...new Set(held.flatMap(({ plan }) => plan.aliases)), ...(hasLatest ? ['latest'] : [])];
  return { collection, held, notHeld, aliases };
}

/** Every version that is listed, or has an alias, is committed; and those that were acknowledged are listed. */
async function listingFaults(
  graphql: Graphql,
  place: UploadPlace,
  ledger: UploadLedger,
  gone: readonly VersionEntry[] = [],
): Promise<string[]> {
  const faults = await Promise.all(shelvesOf(ledger, gone).map((shelf) => shelfFaults(graphql, place, shelf)));
  return faults.flat();
}

async function shelfFaults(graphql: Graphql, { entity, project }: UploadPlace, shelf: Shelf): Promise<string[]> {
  const { collection, held, notHeld, aliases: wanted } = shelf;
  const data = await graphql<{ project: { artifactCollection: Listed | null } }>(VERSIONS, {
    ...{ entity, project, collection },
  });
  const found = data.project.artifactCollection;
  const listed = found?.artifactMemberships.edges.map(({ node }) => node) ?? [];
  const known = found?.aliases.edges.map(({ node }) => node.alias) ?? [];
  const given = listed.flatMap(({ aliases }) => aliases.map(({ alias }) => alias));
  const ids = new Set(listed.map(({ artifact }) => artifact?.id));
  const indexes = new Set(listed.map(({ versionIndex }) => versionIndex));
  const torn = listed.filter(({ artifact }) => artifact?.state !== 'COMMITTED');
  const lacking = wanted.filter((alias) => !given.includes(alias));
  return [
    ...torn.map(({ artifact }) => `${collection} shows ${artifact?.id}, which is ${artifact?.state}`),
    ...(known.toSorted().join() === given.toSorted().join()
      ? []
      : [`${collection} has the aliases ${known}, and its versions ${given}`]),
    ...(lacking.length === 0 ? [] : [`${collection} has the aliases ${given}, and lacks ${lacking}`]),
    ...(indexes.size === listed.length ? [] : [`${collection} has a number twice`]),
    ...held.filter(({ id }) => !ids.has(id)).map(({ id }) => `${collection} lacks ${id}, which was acknowledged`),
    ...notHeld.filter(({ id }) => ids.has(id)).map(({ id }) => `${collection} shows ${id}, which is not to be there`),
  ];
}

async function committedOf(graphql: Graphql, entries: readonly VersionEntry[]): Promise<VersionEntry[]> {
  const states = await Promise.all(
    entries.map(async ({ id }) => (await graphql<{ artifact: Named | null }>(FILES, { id })).artifact?.state),
  );
  return entries.filter((_entry, at) => states[at] === 'COMMITTED');
}

async function downloadFaults(graphql: Graphql, entries: readonly VersionEntry[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { id, plan } of entries) {
    const { artifact } = await graphql<{
      artifact: { state: string; files: { edges: { node: { name: string; directUrl: string } }[] } } | null;
    }>(FILES, { id });
    const found = new Map(artifact?.files.edges.map(({ node }) => [node.name, node.directUrl]));
    const wanted = new Map(plan.files.map(({ name, bytes }) => [name, bytes]));
    if (artifact?.state !== 'COMMITTED' || found.size !== wanted.size) {
      faults.push(`${id} is ${artifact?.state} and has ${found.size} files, not ${wanted.size}`);
    }
    for (const [name, url] of found) {
      const answer = await fetch(url);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (!bytes.equals(wanted.get(name) ?? Buffer.alloc(0))) {
        faults.push(`${name} of ${id} came as ${answer.status} with ${bytes.length} bytes of MD5 ${md5(bytes)}`);
      }
    }
  }
  return faults;
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}
