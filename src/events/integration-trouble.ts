import { INTEGRATION_WORDS, type IntegrationKind } from '../model/integration-kind.ts';
import type { CapturedKind } from './kind.ts';

/** An integration to which nothing is delivered until a person acts, as stored. No automation can wait for it. */
export interface CapturedIntegrationTrouble {
  readonly type: 'INTEGRATION_TROUBLE';
  readonly integration: {
    readonly id: string;
    readonly kind: IntegrationKind;
    readonly name: string;
    /** Name of its owner. */
    readonly entity: string;
  };
  readonly trouble: 'disabled' | 'broken';
  readonly reason: string;
}

export const integrationTrouble: CapturedKind<CapturedIntegrationTrouble> = {
  rendered: 'INTEGRATION_TROUBLE',
  happened: 'An admin of ${entity_name} must act.',
  whereabouts: ({ integration }) => ({ author: 'Tripline', entity: integration.entity, project: '' }),
  variable: () => undefined,
  document: ({ integration, trouble, reason }) => ({ integration, trouble, reason }),
  words: ({ integration: { kind, name }, trouble, reason }) => ({
    title: `The ${INTEGRATION_WORDS[kind]} ${name} is ${trouble}`,
    text: reason,
    severity: 'WARN',
  }),
};
