import type { Span } from './chart-line.ts';
import { drawLines, type LineDrawing, type Placing } from './draw-lines.ts';

/** What is seen at once lies in about so many tiles. */
const TILES = 4;
/** Tiles that are kept on either side of what is seen. */
const SPARE = 1;

/**
 * Lines that somebody moves along. They are drawn once, in tiles, and copied from there with each move: drawing a tile
 * now and then costs a small part of drawing all lines in each frame.
 */
export class MovedLines {
  readonly #drawing: LineDrawing;
  readonly #tileWidth: number;
  readonly #tiles = new Map<number, HTMLCanvasElement>();

  /** @param drawing what was seen when the moving began */
  constructor(drawing: LineDrawing) {
    this.#drawing = { ...drawing, box: { ...drawing.box } };
    this.#tileWidth = Math.ceil(drawing.box.width / TILES);
  }

  /** Whether a drawing differs from the first only in the place that is seen. */
  fits({ lines, placing, box }: LineDrawing): boolean {
    const own = this.#drawing;
    return (
      lines === own.lines &&
      isSame(placing.spans.y, own.placing.spans.y) &&
      Math.abs(lengthOf(placing) / lengthOf(own.placing) - 1) < 1e-6 &&
      isSame([box.left, box.top], [own.box.left, own.box.top]) &&
      isSame([box.width, box.height], [own.box.width, own.box.height])
    );
  }

  /** Draws a place onto the canvas of the chart, to a pixel. */
  draw(ctx: CanvasRenderingContext2D, { spans, x }: Placing): void {
    const { box, placing } = this.#drawing;
    const width = this.#tileWidth;
    const passed = ((x.to(spans.x[0]) - x.to(placing.spans.x[0])) / lengthOf(placing)) * box.width;
    const moved = Math.round(passed);
    const [first, last] = [Math.floor(moved / width), Math.floor((moved + box.width - 1) / width)];
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.width, box.height);
    ctx.clip();
    for (let number = first; number <= last; number += 1)
      ctx.drawImage(this.#tile(number), box.left + number * width - moved, box.top);
    ctx.restore();
    for (const number of this.#tiles.keys())
      if (number < first - SPARE || number > last + SPARE) this.#tiles.delete(number);
  }

  #tile(number: number): HTMLCanvasElement {
    const known = this.#tiles.get(number);
    if (known !== undefined) return known;
    const made = document.createElement('canvas');
    this.#tiles.set(number, made);
    const { box, placing } = this.#drawing;
    made.width = this.#tileWidth;
    made.height = box.height;
    const ctx = made.getContext('2d');
    const tile = { left: 0, top: 0, width: made.width, height: made.height };
    const spans = { ...placing.spans, x: this.#spanOf(number) };
    const sight = { span: placing.spans.x, width: box.width };
    if (ctx !== null) drawLines(ctx, { ...this.#drawing, box: tile, placing: { ...placing, spans } }, sight);
    return made;
  }

  #spanOf(number: number): Span {
    const { box, placing } = this.#drawing;
    const start = placing.x.to(placing.spans.x[0]);
    const each = (lengthOf(placing) * this.#tileWidth) / box.width;
    return [placing.x.from(start + number * each), placing.x.from(start + (number + 1) * each)];
  }
}

function lengthOf({ spans, x }: Placing): number {
  return x.to(spans.x[1]) - x.to(spans.x[0]);
}

function isSame(one: Span, other: Span): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
