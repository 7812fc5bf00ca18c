import type { CapturedKind } from './kind.ts';

/** An automation whose matches are skipped because it fires too often, as stored. No automation can wait for it. */
export interface CapturedAutomationTrouble {
  readonly type: 'AUTOMATION_TROUBLE';
  readonly automation: {
    readonly id: string;
    readonly name: string;
    /** Name of the owner of its scope. */
    readonly entity: string;
  };
  readonly trouble: 'rate_limited';
  readonly reason: string;
}

export const automationTrouble: CapturedKind<CapturedAutomationTrouble> = {
  rendered: 'AUTOMATION_TROUBLE',
  happened: 'An admin of ${entity_name} should look.',
  whereabouts: ({ automation }) => ({ author: 'Tripline', entity: automation.entity, project: '' }),
  variable: () => undefined,
  document: ({ automation, trouble, reason }) => ({ automation, trouble, reason }),
  words: ({ automation: { name }, reason }) => ({
    title: `The automation ${name} fires too often`,
    text: reason,
    severity: 'WARN',
  }),
};
