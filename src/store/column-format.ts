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
  const packed = dense ? [byPlanes(bytesOfValues(values), VALUE_BYTES)] : sparse(lines, values);
  return deflateRawSync(Buffer.concat([Uint8Array.of(dense ? DENSE : SPARSE), ...packed]), { level: LEVEL });
}

/** Unpacks a column. @throws TypeError for a format that this program does not know */
export function decodeColumn(body: Buffer, format: number): Column {
  if (format !== COLUMN_FORMAT) throw new TypeError(`history column of unknown format ${format}`);
  const packed = inflateRawSync(body);
  const planes = packed.subarray(1);
  if (packed[0] === DENSE) {
    const values = valuesOf(planes);
    return { values, lines: Uint16Array.from(values, (_, index) => index) };
  }
  const count = planes.length / (GAP_BYTES + VALUE_BYTES);
  return {
    lines: linesOf(planes.subarray(0, count * GAP_BYTES)),
    values: valuesOf(planes.subarray(count * GAP_BYTES)),
  };
}

function sparse(lines: Uint16Array, values: Float64Array): Uint8Array[] {
  const gaps = new DataView(new ArrayBuffer(lines.length * GAP_BYTES));
  let last = 0;
  for (const [index, line] of lines.entries()) {
    gaps.setUint16(index * GAP_BYTES, line - last, true);
    last = line;
  }
  return [byPlanes(new Uint8Array(gaps.buffer), GAP_BYTES), byPlanes(bytesOfValues(values), VALUE_BYTES)];
}

function linesOf(planes: Uint8Array): Uint16Array {
  const gaps = new DataView(fromPlanes(planes, GAP_BYTES).buffer);
  const lines = new Uint16Array(planes.length / GAP_BYTES);
  let line = 0;
  for (let index = 0; index < lines.length; index += 1) {
    line += gaps.getUint16(index * GAP_BYTES, true);
    lines[index] = line;
  }
  return lines;
}

function bytesOfValues(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * VALUE_BYTES));
  for (let index = 0; index < values.length; index += 1) {
    view.setFloat64(index * VALUE_BYTES, values[index] as number, true);
  }
  return new Uint8Array(view.buffer);
}

function valuesOf(planes: Uint8Array): Float64Array {
  const view = new DataView(fromPlanes(planes, VALUE_BYTES).buffer);
  const values = new Float64Array(planes.length / VALUE_BYTES);
  for (let index = 0; index < values.length; index += 1) values[index] = view.getFloat64(index * VALUE_BYTES, true);
  return values;
}

/** Like bytes of neighbouring numbers side by side deflate to a fraction of what the numbers do. */
function byPlanes(bytes: Uint8Array, width: number): Uint8Array {
  const count = bytes.length / width;
  const planes = new Uint8Array(bytes.length);
  for (let byte = 0; byte < width; byte += 1) {
    for (let index = 0; index < count; index += 1) planes[byte * count + index] = bytes[index * width + byte] as number;
  }
  return planes;
}

function fromPlanes(planes: Uint8Array, width: number): Uint8Array {
  const count = planes.length / width;
  const bytes = new Uint8Array(planes.length);
  for (let byte = 0; byte < width; byte += 1) {
    for (let index = 0; index < count; index += 1) bytes[index * width + byte] = planes[byte * count + index] as number;
  }
  return bytes;
}
