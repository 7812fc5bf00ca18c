import { ApiError } from '../../lib/api/api-error.ts';

/** Bytes of a file that a preview reads: one that is larger is shown as far as that. */
export const PREVIEWED = 1024 * 1024;
/** Bytes that are looked at to tell text from what is none. */
const LOOKED_AT = 8 * 1024;

/** The start of a file. */
export interface FileStart {
  /** `undefined` for what is no text. */
  readonly text: string | undefined;
  /** Whether the file goes on. */
  readonly isCut: boolean;
}

/** Reads the start of a file of this server. @throws ApiError */
export async function readStart(url: string, size: number, signal: AbortSignal): Promise<FileStart> {
  if (size === 0) return { text: '', isCut: false };
  const response = await fetch(url, { headers: { range: `bytes=0-${PREVIEWED - 1}` }, signal });
  if (!response.ok) throw new ApiError(response.status, 'this file could not be read');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isCut = bytes.length < size;
  if (wideEncoding(bytes) === undefined && bytes.subarray(0, LOOKED_AT).includes(0)) return { text: undefined, isCut };
  return { text: decoded(bytes, isCut), isCut };
}

/** As UTF-8 where it is that; otherwise as what most other texts are. A character that the end cuts in two is left out. */
function decoded(bytes: Uint8Array, isCut: boolean): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes, { stream: isCut });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The encoding of two bytes for each character that a text begins with the mark of. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
