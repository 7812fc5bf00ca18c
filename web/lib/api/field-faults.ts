import { ApiError, messageOf } from './api-error.ts';

/** What is wrong with a form before it is sent. */
export class FieldFault extends Error {
  override readonly name = 'FieldFault';
  readonly field: string;

  /** @param message a sentence for people */
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** What was refused of a form: at its fields, or of the whole. */
export interface FieldFaults<Field extends string> {
  at(field: Field): string | undefined;
  /** A refusal that no field is at fault of. */
  readonly whole: string | undefined;
}

/** @param fields those that the form has; the deepest part of the fault's place that is one counts */
export function fieldFaults<Field extends string>(error: unknown, fields: readonly Field[]): FieldFaults<Field> {
  const place = pathOf(error).split('.');
  const field = place.flatMap((part) => fields.filter((each) => each === part)).at(-1);
  const message = wordsOf(error);
  return {
    at: (asked) => (asked === field ? message : undefined),
    whole: field === undefined ? message : undefined,
  };
}

function pathOf(error: unknown): string {
  if (error instanceof FieldFault) return error.field;
  return error instanceof ApiError ? (error.path ?? '') : '';
}

function wordsOf(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  return error instanceof FieldFault ? error.message : messageOf(error);
}
