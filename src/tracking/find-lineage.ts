import { permits } from '../access/permits.ts';
import { groupBy } from '../model/group-by.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { placesOfArtifacts } from '../store/artifact-reads.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import { collectionsByKey } from '../store/collection-reads.ts';
import type { Queryable } from '../store/database.ts';
import { type Direction, runsBeside, versionsBeside } from '../store/lineage-reads.ts';
import { projectsById } from '../store/projects-of-many.ts';
import type { RunKey } from '../store/run-heads.ts';

/** How much of a lineage is wanted. */
export interface LineageBounds {
  /** Runs between the version and what is farthest from it, before it and after it. */
  readonly depth: number;
  /** Neighbours of each node, on each side. */
  readonly fan: number;
}

export type LineageNode = Node & {
  /** Something that leads here, or that follows, is left out. */
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
};

type NodeKey = { readonly kind: 'run'; readonly key: RunKey } | { readonly kind: 'version'; readonly key: ArtifactKey };

type Node = {
  /** Unique in the lineage. */
  readonly id: string;
} & NodeKey;

/** From what was used to the run that used it, and from a run to what it made. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly usedAs: string | null;
}

export interface Lineage {
  /** The version that was asked about first, then in the order in which they were found. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** Nodes of one lineage, whatever its bounds. */
const MOST_NODES = 400;
/** Neighbours that are looked at, seen or not. */
const LOOKED_AT = 200;

/**
 * What a version was made of, and what was made of it, as far as the viewer may see: runs and versions in turns,
 * generation by generation. What is hidden is left out, with all that only it leads to.
 */
export async function findLineage(
  database: Queryable,
  viewer: Viewer,
  artifact: ArtifactKey,
  bounds: LineageBounds,
): Promise<Lineage> {
  const walk = new Walk(database, viewer, bounds);
  const root = walk.begin(artifact);
  await walk.go(root, 'before');
  await walk.go(root, 'after');
  return walk.found;
}

type Side = 'before' | 'after';

interface Neighbour {
  readonly of: Node;
  readonly node: Node;
  readonly usedAs: string | null;
}

class Walk {
  readonly #nodes = new Map<string, Node>();
  readonly #edges = new Map<string, LineageEdge>();
  /** Nodes with neighbours that are left out. */
  readonly #more = { before: new Set<string>(), after: new Set<string>() };
  readonly #seen = new Map<ProjectId, boolean>();

  readonly #database: Queryable;
  readonly #viewer: Viewer;
  readonly #bounds: LineageBounds;

  constructor(database: Queryable, viewer: Viewer, bounds: LineageBounds) {
    this.#database = database;
    this.#viewer = viewer;
    this.#bounds = bounds;
  }

  get found(): Lineage {
    const { before, after } = this.#more;
    const nodes = [...this.#nodes.values()];
    return {
      nodes: nodes.map((node) => ({ ...node, moreBefore: before.has(node.id), moreAfter: after.has(node.id) })),
      edges: [...this.#edges.values()],
    };
  }

  begin(artifact: ArtifactKey): Node {
    const root = versionNode(artifact);
    this.#nodes.set(root.id, root);
    return root;
  }

  /** One way from the version that was asked about; the last generation is only looked at. */
  async go(root: Node, side: Side): Promise<void> {
    const lengths = 2 * this.#bounds.depth;
    let edge: readonly Node[] = [root];
    for (let length = 0; length <= lengths && edge.length > 0; length += 1) {
      const neighbours = await this.#neighbours(edge, side);
      edge = [...groupBy(neighbours, ({ of }) => of.id).values()].flatMap((group) =>
        this.#take(group, side, length === lengths),
      );
    }
  }

  /** Adds neighbours of one node. @returns those that are new */
  #take(neighbours: readonly Neighbour[], side: Side, isBeyond: boolean): Node[] {
    const fresh: Node[] = [];
    for (const [index, { of, node, usedAs }] of neighbours.entries()) {
      const known = this.#nodes.get(node.id);
      const isOver = isBeyond || index >= this.#bounds.fan || this.#nodes.size >= MOST_NODES;
      if (known === undefined && isOver) {
        this.#more[side].add(of.id);
        continue;
      }
      if (known === undefined) {
        this.#nodes.set(node.id, node);
        fresh.push(node);
      }
      const [from, to] = side === 'before' ? [node.id, of.id] : [of.id, node.id];
      this.#edges.set(`${from} ${to}`, { from, to, usedAs });
    }
    return fresh;
  }

  async #neighbours(nodes: readonly Node[], side: Side): Promise<Neighbour[]> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const [first] = nodes;
    if (first?.kind === 'version') {
      const keys = nodes.flatMap((node) => (node.kind === 'version' ? [node.key] : []));
      const rows = await runsBeside(this.#database, keys, side === 'before' ? 'output' : 'input', LOOKED_AT);
      const seen = await this.#seenRuns(rows);
      return seen.flatMap((row) => {
        const of = byId.get(versionId({ tenantId: row.artifactTenantId, artifactId: row.artifactId }));
        return of === undefined ? [] : [{ of, node: runNode(row), usedAs: row.usedAs }];
      });
    }
    const keys = nodes.flatMap((node) => (node.kind === 'run' ? [node.key] : []));
    const direction: Direction = side === 'before' ? 'input' : 'output';
    const rows = await versionsBeside(this.#database, keys, direction, LOOKED_AT);
    const seen = await this.#seenVersions(rows);
    return seen.flatMap((row) => {
      const of = byId.get(runId({ tenantId: row.runTenantId, runId: row.runId }));
      return of === undefined ? [] : [{ of, node: versionNode(row), usedAs: row.usedAs }];
    });
  }

  async #seenRuns<Row extends { readonly projectId: ProjectId }>(rows: readonly Row[]): Promise<Row[]> {
    await this.#look(rows.map(({ projectId }) => projectId));
    return rows.filter(({ projectId }) => this.#seen.get(projectId) === true);
  }

  /** A version is seen where it was logged, or where it is linked to. */
  async #seenVersions<Row extends ArtifactKey & { readonly projectId: ProjectId }>(
    rows: readonly Row[],
  ): Promise<Row[]> {
    await this.#look(rows.map(({ projectId }) => projectId));
    const hidden = rows.filter(({ projectId }) => this.#seen.get(projectId) !== true);
    const places = hidden.length === 0 ? [] : await placesOfArtifacts(this.#database, hidden);
    const collections = await collectionsByKey(this.#database, places);
    await this.#look(collections.map(({ projectId }) => projectId));
    const shown = new Set(
      places.flatMap(({ tenantId, collectionId, artifactTenantId, artifactId }) => {
        const collection = collections.find(
          (each) => each.tenantId === tenantId && each.collectionId === collectionId && each.deletedAt === null,
        );
        const isSeen = collection !== undefined && this.#seen.get(collection.projectId) === true;
        return isSeen ? [versionId({ tenantId: artifactTenantId, artifactId })] : [];
      }),
    );
    return rows.filter((row) => this.#seen.get(row.projectId) === true || shown.has(versionId(row)));
  }

  async #look(ids: readonly ProjectId[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#seen.has(id));
    if (unknown.length === 0) return;
    const projects = new Map((await projectsById(this.#database, unknown)).map((each) => [each.id, each]));
    for (const id of unknown) {
      const project = projects.get(id);
      this.#seen.set(id, project !== undefined && permits(this.#viewer, 'see', project));
    }
  }
}

const versionId = ({ tenantId, artifactId }: ArtifactKey): string => `version:${tenantId}:${artifactId}`;
const runId = ({ tenantId, runId: id }: RunKey): string => `run:${tenantId}:${id}`;

function versionNode({ tenantId, artifactId }: ArtifactKey): Node {
  const key = { tenantId, artifactId };
  return { id: versionId(key), kind: 'version', key };
}

function runNode({ tenantId, runId: id }: RunKey): Node {
  const key = { tenantId, runId: id };
  return { id: runId(key), kind: 'run', key };
}
