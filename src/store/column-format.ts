import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The numbers of one metric in a block of lines. */
export interface Column {
  /** Of each number, its line within the block: ascending, the same again where a line holds the metric twice. */
  readonly lines: Uint16Array;
  readonly values: Float64Array;
}

/**
 * How a stored column is written; kept beside it, so that later formats are additions (data model, section 3).
 * 1: raw deflate of a byte that tells the form, then (form 1) the gaps between the lines as 16-bit numbers, then
 * the values as doubles, NaN and infinities among them; little-endian, first the lowest bytes of all, then the next.
 */
export const COLUMN_FORMAT = 1;

/** A number on every line, one on each. */
const DENSE = 0;
const SPARSE = 1;
const GAP_BYTES = 2;
const VALUE_BYTES = 8;
const LEVEL = 1;

/** Packs a column. @param blockLines lines of its block, at most 65,536 */
export function encodeColumn({ lines, values }: Column, blockLines: number): Buffer {
  const dense = lines.length === blockLines && lines.every((line, index) => line === index);
  const packed = dense ? [planesOfValues(values)] : [planesOfGaps(lines), planesOfValues(values)];
  return deflateRawSync(Buffer.concat([Uint8Array.of(dense ? DENSE : SPARSE), ...packed]), { level: LEVEL });
}

/** Unpacks a column. @throws TypeError for a format that this program does not know */
export function decodeColumn(body: Buffer, format: number): Column {
  if (format !== COLUMN_FORMAT) throw new TypeError(`history column of unknown format ${format}`);
  const packed = inflateRawSync(body);
  const planes = packed.subarray(1);
  if (packed[0] === DENSE) {
    const values = valuesOf(planes);
    return { values, lines: EVERY_LINE.subarray(0, values.length) };
  }
  const count = planes.length / (GAP_BYTES + VALUE_BYTES);
  return {
    lines: linesOf(planes.subarray(0, count * GAP_BYTES)),
    values: valuesOf(planes.subarray(count * GAP_BYTES)),
  };
}

const EVERY_LINE = Uint16Array.from({ length: 65_536 }, (_, line) => line);

/*
 * Planes: like bytes of neighbouring numbers side by side deflate to a fraction of what the numbers do. The loops
 * are plain ones, since a reader of a long run goes through millions of bytes here.
 */

function planesOfGaps(lines: Uint16Array): Uint8Array {
  const count = lines.length;
  const planes = new Uint8Array(count * GAP_BYTES);
  let last = 0;
  for (let index = 0; index < count; index += 1) {
    const line = lines[index] as number;
    planes[index] = line - last;
    planes[count + index] = (line - last) >> 8;
    last = line;
  }
  return planes;
}

function linesOf(planes: Uint8Array): Uint16Array {
  const lines = new Uint16Array(planes.length / GAP_BYTES);
  const count = lines.length;
  let line = 0;
  for (let index = 0; index < count; index += 1) {
    line += (planes[index] as number) | ((planes[count + index] as number) << 8);
    lines[index] = line;
  }
  return lines;
}

/** Where the lower half of a double lies in memory. */
const LOWER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;
const UPPER = 1 - LOWER;

function planesOfValues(values: Float64Array): Uint8Array {
  const count = values.length;
  const planes = new Uint8Array(count * VALUE_BYTES);
  const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  for (let index = 0; index < count; index += 1) {
    putHalf(planes, index, count, halves[2 * index + LOWER] as number);
    putHalf(planes, 4 * count + index, count, halves[2 * index + UPPER] as number);
  }
  return planes;
}

function valuesOf(planes: Uint8Array): Float64Array {
  const count = planes.length / VALUE_BYTES;
  const values = new Float64Array(count);
  const halves = new Uint32Array(values.buffer);
  for (let index = 0; index < count; index += 1) {
    halves[2 * index + LOWER] = half(planes, index, count);
    halves[2 * index + UPPER] = half(planes, 4 * count + index, count);
  }
  return values;
}

function putHalf(planes: Uint8Array, at: number, stride: number, value: number): void {
  planes[at] = value;
  planes[at + stride] = value >>> 8;
  planes[at + 2 * stride] = value >>> 16;
  planes[at + 3 * stride] = value >>> 24;
}

function half(planes: Uint8Array, at: number, stride: number): number {
  return (
    (planes[at] as number) |
    ((planes[at + stride] as number) << 8) |
    ((planes[at + 2 * stride] as number) << 16) |
    ((planes[at + 3 * stride] as number) << 24)
  );
}
