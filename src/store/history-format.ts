import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Json } from '../model/json.ts';

/**
 * How a stored body is written; kept beside it, so that later formats are additions (data model, section 3).
 * 1: raw deflate of UTF-8 text, history lines joined by line feeds, console lines as a JSON array.
 */
export const BODY_FORMAT = 1;

/** A smaller window than usual: most bodies are a few kB, and to set up the large one costs as much as to pack them. */
const PACKING = { level: 1, windowBits: 14, memLevel: 7 };

/**
 * Packs the raw lines of a history chunk. At least one line; each is one line of JSON text as the client sent it.
 * A line feed inside a line (JSON allows it between tokens) becomes a space, so that lines stay countable.
 */
export function encodeLines(lines: readonly string[]): Buffer {
  return pack(storedText(lines));
}

/** History lines as one text, as they are stored. */
export function storedText(lines: readonly string[]): string {
  return lines.map(oneLine).join('\n');
}

/** Unpacks the body of a history chunk. @throws TypeError for a format that this program does not know */
export function decodeLines(body: Buffer, format: number): string[] {
  if (format !== BODY_FORMAT) throw new TypeError(`history chunk of unknown format ${format}`);
  return inflateRawSync(body).toString('utf8').split('\n');
}

/** Packs the lines of a console block; a line may hold any text. */
export function encodeConsoleLines(lines: readonly string[]): Buffer {
  return pack(JSON.stringify(lines));
}

/** Unpacks the body of a console block. */
export function decodeConsoleLines(body: Buffer): string[] {
  const lines = JSON.parse(inflateRawSync(body).toString('utf8')) as Json;
  return Array.isArray(lines) ? lines.map(String) : [];
}

/** In this thread: to hand a few kB to another one costs more than to pack them. Room is made for all of it at once. */
function pack(text: string): Buffer {
  return deflateRawSync(text, { ...PACKING, chunkSize: Math.max(1024, Math.ceil(text.length / 2)) });
}

function oneLine(line: string): string {
  return line.includes('\n') || line.includes('\r') ? line.replaceAll(/[\r\n]+/g, ' ') : line;
}
