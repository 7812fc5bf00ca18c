import { ActionIcon, Tooltip } from '@mantine/core';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import styles from './lineage-graph.module.css';
import type { Zoom } from './use-zoom.ts';

/** Of the whole drawing, of less of it, of more. */
export function ZoomButtons({ zoom: { closer, further, fit } }: { readonly zoom: Zoom }) {
  const buttons = [
    { label: 'Zoom out', Icon: ZoomOut, act: further },
    { label: 'Zoom in', Icon: ZoomIn, act: closer },
    { label: 'Show the whole graph', Icon: Maximize, act: fit },
  ];
  return (
    <ActionIcon.Group className={styles.zoom ?? ''}>
      {buttons.map(({ label, Icon, act }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="default" aria-label={label} onClick={act}>
            <Icon size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </ActionIcon.Group>
  );
}
