/** Version of the client that the tests run. */
export const wandbVersion: string;
/** Path of an interpreter that has the pinned client; makes its environment when it is not there yet. */
export function ensurePython(): string;
/** Path of an interpreter that has the pinned object store; makes its environment when it is not there yet. */
export function ensureObjectStore(): string;
