import type { ComponentType } from 'react';

/** What makes a webhook or Slack channel beside the choice of one. */
export interface NewDestinationProps {
  readonly kind: 'webhook' | 'slack';
  /** Of the automation. */
  readonly entity: string;
  /** @param id of what was made, once the lists have it */
  readonly onCreated: (id: string) => void;
}

/** Nothing for those who may not. Given by the page: the forms are another feature's. */
export type NewDestination = ComponentType<NewDestinationProps>;
