import { isRegistry } from '../../../access/registry-role-at.ts';
import { invalid } from '../../../model/error.ts';
import type { ArtifactInput, Logging } from '../../../tracking/artifact-input.ts';
import type { GraphqlContext } from './context.ts';
import { type NamedProject, requireNamedProject, requireRunOf } from './named-run.ts';

/** The client's names of what a version may bring (wandb protocol, 5.4). */
export interface CreateArtifactInput extends NamedProject {
  readonly runName?: string;
  readonly artifactTypeName: string;
  readonly artifactCollectionName?: string;
  readonly artifactCollectionNames?: readonly string[];
  readonly digest: string;
  readonly digestAlgorithm: string;
  readonly description?: string;
  readonly metadata?: string;
  readonly aliases?: readonly { readonly artifactCollectionName: string; readonly alias: string }[];
  readonly tags?: readonly { readonly tagName: string }[];
  readonly ttlDurationSeconds?: number;
  readonly historyStep?: number;
  readonly enableDigestDeduplication?: boolean;
  readonly distributedID?: string;
  readonly clientID?: string;
  readonly sequenceClientID?: string;
  readonly storageRegion?: string;
}

/** Who logs, and where. @throws TriplineError not_found, forbidden, invalid in a registry */
export async function loggingOf(context: GraphqlContext, input: CreateArtifactInput): Promise<Logging> {
  const { userId, username } = context.viewer;
  const project = await requireNamedProject(context, input);
  if (isRegistry(project)) {
    throw invalid('a registry holds links only: log the version to a project, then link it', 'projectName');
  }
  const { tenantId, id: projectId } = project;
  // a version that is made outside of runs comes with an empty name, or none
  const run = input.runName ? await requireRunOf(context, project, input.runName) : undefined;
  return { tenantId, projectId, runId: run?.runId ?? null, userId, username };
}

/** @throws TriplineError invalid */
export function inputOf(input: CreateArtifactInput): ArtifactInput {
  const [collectionName] = [input.artifactCollectionName ?? [], input.artifactCollectionNames ?? []].flat();
  if (collectionName === undefined) throw invalid('an artifact needs a name', 'artifactCollectionName');
  refuseForeignRegion(input.storageRegion);
  return {
    typeName: input.artifactTypeName,
    collectionName,
    digest: input.digest,
    digestAlgorithm: input.digestAlgorithm,
    description: input.description ?? null,
    metadata: input.metadata ?? null,
    aliases: (input.aliases ?? []).map(({ alias }) => alias),
    tags: (input.tags ?? []).map(({ tagName }) => tagName),
    ttlSeconds: input.ttlDurationSeconds ?? null,
    historyStep: input.historyStep ?? null,
    deduplicate: input.enableDigestDeduplication ?? false,
    clientId: input.clientID ?? null,
    sequenceClientId: input.sequenceClientID ?? null,
    distributedId: input.distributedID ?? null,
  };
}

/** Names of the one place where bytes lie: in addresses of clients (wandb protocol, 5.11), and on W&B's own servers. */
const REGIONS: ReadonlySet<string> = new Set(['default', 'minio-local']);

function refuseForeignRegion(region: string | undefined): void {
  if (region === undefined || region === '' || REGIONS.has(region)) return;
  throw invalid(`this server stores nothing in region '${region.slice(0, 100)}': name none`, 'storageRegion');
}
