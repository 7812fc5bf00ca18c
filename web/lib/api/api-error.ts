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

/** The server cannot be reached: nothing says whether what was asked for is there. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Whether what was asked for is not there, or hidden from whoever asks. What nothing can be named is not there either. */
export function isMissing(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 404 || isMisnamed(error));
}

/** Whether the address of what was asked for holds a name or an id that nothing can have. */
export function isMisnamed(error: ApiError): boolean {
  return error.status === 400 && error.path?.startsWith('params.') === true;
}

/** For what a page is about: once that is deleted elsewhere, its last answer is not shown any longer. @throws the refusal */
export function throwMissing(error: unknown): void {
  if (isMissing(error)) throw error;
}

/** What to tell people of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return sentence(error.message);
  return error instanceof UnreachableError ? 'Tripline cannot be reached.' : 'Something went wrong.';
}
