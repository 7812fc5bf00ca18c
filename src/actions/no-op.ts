import { z } from 'zod';
import { readBy } from '../model/read-json.ts';
import type { ActionKind } from './kind.ts';

export const noOpSchema = z.strictObject({ type: z.literal('NO_OP') }).describe('Executions finish at once.');

/** Do nothing: the honest way to watch an automation (automations, section 4.8). */
export type NoOp = z.output<typeof noOpSchema>;

const wireSchema = z.strictObject({ noOp: z.boolean().nullish() });

export const noOp: ActionKind<NoOp> = {
  label: 'Do nothing',
  integrationKind: undefined,
  fromWire: (config) => {
    readBy(wireSchema, config, 'noOpActionInput');
    return { type: 'NO_OP' };
  },
  toWire: () => ({ noOp: true }),
  destination: () => undefined,
};
