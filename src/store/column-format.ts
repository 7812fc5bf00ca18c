import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The numbers of one metric in a block of lines. */
export interface Column {
  /** Of each number, its line within the block: ascending, the same again where a line holds the metric twice. */
  readonly lines: Uint16Array;
  readonly values: Float64Array;
}

/**
 * How a stored column is written; kept beside it, so that later formats are additions (data model, section 3). Raw
 * deflate of a byte that tells the form, then what that form holds, little-endian.
 * 1: the values as doubles, NaN and infinities among them, first the lowest bytes of all, then the next; in form 1
 * before them the gaps between the lines, as 16-bit numbers in the same way.
 * 2: besides, form 2: how many values there are, the first, and what each has more than the one before.
 */
export const COLUMN_FORMAT = 2;
const KNOWN_FORMATS: readonly number[] = [1, COLUMN_FORMAT];

/** A number on every line, one on each. */
const DENSE = 0;
const SPARSE = 1;
/** The same, evenly apart: the steps of a run, and what does not change. */
const EVEN = 2;
const EVEN_BYTES = 20;
const GAP_BYTES = 2;
const VALUE_BYTES = 8;
const LEVEL = 1;
/** What stays at more than this part of its size is kept as it is: to unpack it would take as long as all else. */
const WORTH = 0.75;

/** Packs a column. @param blockLines lines of its block, at most 65,536 */
export function encodeColumn({ lines, values }: Column, blockLines: number): Buffer {
  const isDense = lines.length === blockLines && lines.every((line, index) => line === index);
  const plain = Buffer.concat(isDense ? denseParts(values) : sparseParts(lines, values));
  const packed = deflateRawSync(plain, { level: LEVEL });
  return packed.length > WORTH * plain.length ? deflateRawSync(plain, { level: constants.Z_NO_COMPRESSION }) : packed;
}

function denseParts(values: Float64Array): Uint8Array[] {
  const [first = 0, second = first] = values;
  const each = second - first;
  if (!values.every((value, index) => Object.is(value, first + index * each)))
    return [Uint8Array.of(DENSE), planesOfValues(values)];
  const even = new DataView(new ArrayBuffer(EVEN_BYTES));
  even.setUint32(0, values.length, true);
  even.setFloat64(4, first, true);
  even.setFloat64(12, each, true);
  return [Uint8Array.of(EVEN), new Uint8Array(even.buffer)];
}

function sparseParts(lines: Uint16Array, values: Float64Array): Uint8Array[] {
  return [Uint8Array.of(SPARSE), planesOfGaps(lines), planesOfValues(values)];
}

/** Unpacks a column. @throws TypeError for a format that this program does not know */
export function decodeColumn(body: Buffer, format: number): Column {
  if (!KNOWN_FORMATS.includes(format)) throw new TypeError(`history column of unknown format ${format}`);
  const packed = inflateRawSync(body);
  const planes = packed.subarray(1);
  if (packed[0] === DENSE) return dense(valuesOf(planes));
  if (packed[0] === EVEN) return dense(evenValues(planes));
  const count = planes.length / (GAP_BYTES + VALUE_BYTES);
  return {
    lines: linesOf(planes.subarray(0, count * GAP_BYTES)),
    values: valuesOf(planes.subarray(count * GAP_BYTES)),
  };
}

function dense(values: Float64Array): Column {
  return { values, lines: EVERY_LINE.subarray(0, values.length) };
}

function evenValues({ buffer, byteOffset, byteLength }: Uint8Array): Float64Array {
  const even = new DataView(buffer, byteOffset, byteLength);
  const [first, each] = [even.getFloat64(4, true), even.getFloat64(12, true)];
  const values = new Float64Array(even.getUint32(0, true));
  for (let index = 0; index < values.length; index += 1) values[index] = first + index * each;
  return values;
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
