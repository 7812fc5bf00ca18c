import { sentence } from '../words.ts';

/** A refusal of the API, in its own words, which are meant for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Where in the request the fault lies: the last part names a field. */
  readonly path: string | undefined;

  constructor(status: number, message: string, path?: string) {
    super(message);
    this.status = status;
    this.path = path;
  }

  /** The field of a form that is at fault; `undefined` when it is none. */
  get field(): string | undefined {
    return this.path?.split('.').at(-1);
  }
}

/** What to tell people of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return sentence(error.message);
  return error instanceof TypeError ? 'Tripline cannot be reached.' : 'Something went wrong.';
}
