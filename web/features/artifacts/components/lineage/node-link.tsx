import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LineageNode } from '../../api/get-lineage.ts';

interface NodeLinkProps {
  readonly node: LineageNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** The way to the page of a run; of a version, to its lineage. */
export function NodeLink({ node, children, className = '' }: NodeLinkProps) {
  const { entity, project } = node;
  if (node.kind === 'run') {
    return (
      <Link to="/$entity/$project/runs/$run" params={{ entity, project, run: node.run }} className={className}>
        {children}
      </Link>
    );
  }
  const { type, collection, version } = node;
  return (
    <Link
      to="/$entity/$project/artifacts/$type/$collection/$version"
      params={{ entity, project, type, collection, version }}
      search={{ tab: 'lineage' }}
      className={className}
    >
      {children}
    </Link>
  );
}
