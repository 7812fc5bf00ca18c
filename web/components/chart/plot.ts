import uPlot from 'uplot';
import type { Axis, ChartLook, Span } from './chart-line.ts';
import { drawLines, type LineDrawing } from './draw-lines.ts';
import { type DrawnScene, drawnScene, rangesOf, type Scene } from './drawn-scene.ts';
import { type Frame, frameOf } from './frame.ts';
import { followHands } from './hands.ts';
import { MovedLines } from './moved-lines.ts';
import { plotOptions } from './plot-options.ts';
import { type Reading, readAt } from './reading.ts';
import { Stillness } from './stillness.ts';
import { calmRange } from './value-range.ts';
import { moved, spanBetween, stretched, type View } from './view.ts';

/** What of a plot can only be chosen when it is made. */
export interface PlotParts {
  readonly axis: Axis;
  readonly look: Pick<ChartLook, 'logX' | 'logY'>;
  readonly height: number;
  readonly group: string | undefined;
  readonly onFrame: (frame: Frame) => void;
  /** Told what stands under the pointer; `undefined` when it is elsewhere. */
  readonly onRead: (reading: Reading | undefined, left: number) => void;
  readonly onView: (view: View) => void;
}

const NOTHING: uPlot.AlignedData = [
  [0, 1],
  [null, null],
];
/** How much of what is shown one press moves, or leaves. */
const STEP = 0.15;
const CLOSER = 0.6;

/** A drawing on a canvas that can be looked at more closely. It knows what is drawn and which part of it is shown. */
export class Plot {
  readonly #parts: PlotParts;
  readonly #plot: uPlot;
  readonly #letGo: () => void;
  #scene: Scene;
  #drawn: DrawnScene;
  #view: View = {};
  #held: Span | undefined;
  readonly #stillness = new Stillness(() => this.#look(this.#view));
  /** While somebody moves along. */
  #moved: MovedLines | undefined;
  #frame: Frame | undefined;
  #ranges: { readonly x: Span; readonly y: Span };

  constructor(host: HTMLElement, scene: Scene, parts: PlotParts) {
    this.#parts = parts;
    this.#scene = scene;
    this.#drawn = drawnScene(scene);
    this.#ranges = rangesOf(this.#drawn, scene, this.#view);
    const options = plotOptions({
      ...{ axis: parts.axis, look: parts.look, group: parts.group, height: parts.height, width: host.clientWidth },
      ranges: () => this.#ranges,
      hooks: {
        draw: [(plot) => this.#draw(plot)],
        setCursor: [(plot) => this.#point(plot)],
        setSelect: [(plot) => this.#select(plot)],
      },
      bind: {
        dblclick: () => () => {
          this.reset();
          return null;
        },
        mousedown: (_plot, _target, handler) => (event) =>
          event.shiftKey || event.button !== 0 ? null : handler(event),
      },
    });
    this.#plot = new uPlot(options, NOTHING, host);
    this.#letGo = followHands(this.#plot.over, {
      pan: (share) => this.pan(share),
      stretch: (factor, left) => this.#stretch(factor, this.#plot.posToVal(left, 'x')),
      point: (left) => {
        this.#plot.setCursor({ left, top: 0 });
        parts.onRead(this.read(this.#plot.posToVal(left, 'x')), left);
      },
      isClose: () => this.isClose,
    });
  }

  /** What is shown of the first axis. */
  get span(): Span {
    return this.#ranges.x;
  }

  get drawn(): DrawnScene {
    return this.#drawn;
  }

  /** Whether less than all is shown. */
  get isClose(): boolean {
    return this.#view.x !== undefined || this.#view.y !== undefined;
  }

  /** Draws something else; whoever has looked closer goes on to. */
  show(scene: Scene): void {
    this.#scene = scene;
    this.#reckon();
    this.#update();
  }

  resize(width: number): void {
    if (width !== this.#plot.width) this.#plot.setSize({ width, height: this.#parts.height });
  }

  /** Has the values stay where they are while something is moved among them. */
  hold(range: Span | undefined): void {
    this.#held = range;
    if (range === undefined) this.#update();
  }

  reset(): void {
    this.#look({});
  }

  /** Moves what is shown by a part of its width. What is reckoned by its width waits until it has arrived. */
  pan(share: number): void {
    if (this.#view.x === undefined) return;
    this.#stillness.moves();
    this.#parts.onRead(undefined, -1);
    this.#view = { ...this.#view, x: moved(this.span, share, this.#drawn.whole, this.#drawn.x) };
    this.#update();
    this.#parts.onView(this.#view);
  }

  panBy(direction: 1 | -1): void {
    this.pan(direction * STEP);
  }

  /** Looks closer at a place, or from further away. */
  zoom(isCloser: boolean, about: number): void {
    this.#stretch(isCloser ? CLOSER : 1 / CLOSER, about);
  }

  read(place: number): Reading | undefined {
    return readAt(this.#drawn.lines, place, this.span);
  }

  /** Shows the cursor at a place, as a pointer would. */
  pointAt(place: number | undefined): void {
    this.#plot.setCursor({ left: place === undefined ? -10 : this.#plot.valToPos(place, 'x'), top: 0 });
  }

  destroy(): void {
    this.#stillness.end();
    this.#letGo();
    this.#plot.destroy();
  }

  #stretch(factor: number, about: number): void {
    const { whole, x } = this.#drawn;
    this.#look({ ...this.#view, x: stretched(this.span, factor, about, whole, x) });
  }

  #look(view: View): void {
    this.#stillness.end();
    this.#view = view;
    if (this.#scene.look.smoothing > 0) this.#reckon();
    this.#update();
    this.#parts.onView(view);
  }

  #reckon(): void {
    const { x } = this.#view;
    this.#drawn = drawnScene(this.#scene, x === undefined ? undefined : x[1] - x[0]);
  }

  #update(): void {
    const { x, y } = rangesOf(this.#drawn, this.#scene, this.#view);
    const shown = this.#stillness.isMoving ? calmRange(this.#ranges.y, y, this.#drawn.y) : y;
    this.#ranges = { x, y: this.#held ?? shown };
    const [min, max] = this.#ranges.x;
    this.#plot.setScale('x', { min, max });
  }

  #draw(plot: uPlot): void {
    const style = getComputedStyle(plot.root);
    const own = style.getPropertyValue('--chart-line');
    const placing = { spans: this.#ranges, x: this.#drawn.x, y: this.#drawn.y };
    const colourOf: LineDrawing['colourOf'] = ({ line: { colour } }) => colourNow(style, colour) ?? own;
    this.#drawLines(plot.ctx, { lines: this.#drawn.lines, placing, box: plot.bbox, colourOf });
    const frame = frameOf(plot, this.#frame);
    if (frame !== undefined && frame !== this.#frame) this.#parts.onFrame(frame);
    this.#frame = frame;
  }

  #drawLines(ctx: CanvasRenderingContext2D, drawing: LineDrawing): void {
    if (!this.#stillness.isMoving) {
      this.#moved = undefined;
      drawLines(ctx, drawing);
      return;
    }
    if (!this.#moved?.fits(drawing)) this.#moved = new MovedLines(drawing);
    this.#moved.draw(ctx, drawing.placing);
  }

  #point(plot: uPlot): void {
    const { left = -1, event } = plot.cursor;
    const isOwn = event != null && left >= 0;
    this.#parts.onRead(isOwn ? this.read(plot.posToVal(left, 'x')) : undefined, left);
  }

  #select(plot: uPlot): void {
    const { left, top, width, height } = plot.select;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    const { whole, x } = this.#drawn;
    const across = width > 0 && width < plot.over.clientWidth;
    const down = height > 0 && height < plot.over.clientHeight;
    this.#look({
      x: across ? spanBetween(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'), whole, x) : this.#view.x,
      y: down ? [plot.posToVal(top + height, 'y'), plot.posToVal(top, 'y')] : this.#view.y,
    });
  }
}

const VARIABLE = /^var\((--[\w-]+)\)$/;

/** A canvas knows no variables of the page. */
function colourNow(style: CSSStyleDeclaration, colour: string | undefined): string | undefined {
  const name = colour === undefined ? undefined : VARIABLE.exec(colour)?.[1];
  return name === undefined ? colour : style.getPropertyValue(name);
}
