import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { RowLink } from '../../../../components/row-link.tsx';
import type { ArtifactLineage, LineageNode } from '../../api/get-lineage.ts';
import { NodeLink } from './node-link.tsx';
import { nodeName, nodeNote } from './node-words.ts';

/** The same as the graph, one line for each run and version: for whoever hears it, and whoever looks for a name. */
export function LineageList({ lineage: { nodes, edges } }: { readonly lineage: ArtifactLineage }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const names = (ids: readonly string[]) => ids.flatMap((id) => nodeNames(byId.get(id))).join(', ');
  const columns: Column<LineageNode>[] = [
    {
      key: 'name',
      title: 'Run or version',
      wide: true,
      cell: (node) => (
        <RowLink hint={`${node.entity} / ${node.project}`}>
          <NodeLink node={node}>{nodeName(node)}</NodeLink>
        </RowLink>
      ),
    },
    { key: 'note', title: 'What it is', cell: nodeNote },
    {
      key: 'from',
      title: 'Made from',
      cell: ({ id }) => names(edges.flatMap(({ from, to }) => (to === id ? [from] : []))),
    },
    { key: 'to', title: 'Led to', cell: ({ id }) => names(edges.flatMap(({ from, to }) => (from === id ? [to] : []))) },
  ];
  return <DataTable label="Lineage" columns={columns} rows={nodes} keyOf={({ id }) => id} empty={null} />;
}

function nodeNames(node: LineageNode | undefined): string[] {
  return node === undefined ? [] : [nodeName(node)];
}
