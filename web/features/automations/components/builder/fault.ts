import { ApiError, messageOf } from '../../../../lib/api/api-error.ts';

export const STEPS = ['event', 'action', 'details'] as const;
export type Step = (typeof STEPS)[number];

/** Where each field stands. */
const FIELDS: Readonly<Record<Step, readonly string[]>> = {
  event: [
    ...['entity', 'scope', 'scopeType', 'project', 'collection', 'metric', 'aggregation', 'window', 'comparison'],
    ...[
      'threshold',
      'currentWindow',
      'priorWindow',
      'changeType',
      'direction',
      'amount',
      'states',
      'runFilter',
      'filter',
    ],
  ],
  action: ['integrationId', 'payload', 'title', 'message', 'severity'],
  details: [
    ...['name', 'description', 'policy', 'seconds', 'settleSeconds', 'backfill', 'olderThanSeconds', 'dryRun'],
    ...['atOnce', 'perMinute', 'waiting', 'perDay'],
  ],
};

/** What is wrong with a draft, and at which field. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly field: string;

  /** @param path the place in the request; the deepest part that is a field of the form counts */
  constructor(path: string, message: string) {
    super(message);
    const known = Object.values(FIELDS).flat();
    this.field = path.split('.').findLast((part) => known.includes(part)) ?? '';
  }

  /** The step that has the field; `undefined` when none has. */
  get step(): Step | undefined {
    return STEPS.find((step) => FIELDS[step].includes(this.field));
  }
}

/** What the server refused, as a fault of the draft. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(error instanceof ApiError ? (error.path ?? '') : '', messageOf(error));
}

/** What to say at a field. */
export function errorAt(fault: Fault | undefined, ...fields: readonly string[]): string | undefined {
  return fault !== undefined && fields.includes(fault.field) ? fault.message : undefined;
}
