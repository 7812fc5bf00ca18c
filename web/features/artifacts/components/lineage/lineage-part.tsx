import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { Section } from '../../../../components/page.tsx';
import { type LineageBounds, lineageQuery } from '../../api/get-lineage.ts';
import type { VersionAddress } from '../../api/get-version.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { LineageList } from './lineage-list.tsx';

/** What is shown at first, and what the server answers at most. */
export const FIRST_BOUNDS: LineageBounds = { depth: 3, fan: 8 };
const LARGEST: LineageBounds = { depth: 10, fan: 50 };

interface LineagePartProps {
  readonly address: VersionAddress;
  readonly bounds: LineageBounds;
  readonly onBounds: (bounds: LineageBounds) => void;
}

/** What a version was made of, and what was made of it. */
export function LineagePart({ address, bounds, onBounds }: LineagePartProps) {
  const { data, error, refetch } = useQuery(lineageQuery(address, bounds));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  if (data === undefined) return <Skeleton height={220} radius="lg" aria-label="Lineage is being read" />;
  if (data.nodes.length < 2) {
    return (
      <Empty icon={Waypoints} title="No lineage">
        No run that you see made or used this version: it was logged outside of a run, and nothing has used it yet.
      </Empty>
    );
  }
  const wider = {
    depth: Math.min(LARGEST.depth, bounds.depth + 2),
    fan: Math.min(LARGEST.fan, bounds.fan * 2),
  };
  const canGrow = wider.depth > bounds.depth || wider.fan > bounds.fan;
  return (
    <>
      <LineageGraph lineage={data} onMore={canGrow ? () => onBounds(wider) : undefined} />
      <Section title="As a list">
        <LineageList lineage={data} />
      </Section>
    </>
  );
}
