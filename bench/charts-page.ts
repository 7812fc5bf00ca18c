import type { Page } from 'playwright-core';
import { until } from '../test/support/wait.ts';

/** What one drawing took, in milliseconds. */
interface Drawn {
  /** From the request for the numbers. */
  readonly asked: number;
  /** From their answer. */
  readonly there: number;
}

const PAN_MS = 3_000;

/** Has a page note when lines are drawn: a plot strokes one path for each. */
export async function watchDrawing(page: Page): Promise<void> {
  await page.addInitScript(`
    globalThis.strokes = [];
    const { stroke } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.stroke = function (...path) {
      stroke.apply(this, path);
      if (path.length > 0) globalThis.strokes.push(performance.now());
    };
  `);
}

/** Opens a plot, again and again. */
export async function drawnTimes(page: Page, address: string, lines: number, turns: number): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await page.goto(address);
    drawn.push(await until('the plot', () => page.evaluate<Drawn | undefined>(drawnOnce(lines))));
  }
  return drawn;
}

/** The panel below asks for 400 points of each line, the large plot for more: it is the one that is looked for. */
const drawnOnce = (lines: number) => `(() => {
  const request = performance.getEntriesByType('resource')
    .find(({ name, responseEnd }) => /history\\?.*points=1500/.test(name) && responseEnd > 0);
  if (request === undefined) return undefined;
  const after = globalThis.strokes.filter((at) => at > request.responseEnd);
  const last = after[${lines} - 1];
  if (last === undefined) return undefined;
  return { asked: last - request.startTime, there: last - request.responseEnd };
})()`;

/** Looks closely at a plot and drags it to and fro. @returns what happened in a second */
export async function pannedFrames(page: Page, metric: string): Promise<{ frames: number; drawings: number }> {
  const plot = page.getByRole('dialog').getByRole('slider', { name: `Cursor of ${metric}` });
  await plot.focus();
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('+');
  await page.keyboard.press('Shift+ArrowLeft');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the plot is not in sight');
  await page.waitForLoadState('networkidle');
  await page.evaluate(`(() => {
    globalThis.frames_ = 0;
    globalThis.strokes.length = 0;
    globalThis.panBegun = performance.now();
    const next = () => { globalThis.frames_ += 1; requestAnimationFrame(next); };
    requestAnimationFrame(next);
  })()`);
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const end = performance.now() + PAN_MS;
  for (let at = 0; performance.now() < end; at += 1) {
    const across = 0.5 + 0.3 * Math.sin(at / 20);
    await page.mouse.move(box.x + across * box.width, box.y + box.height / 2);
  }
  const counted = await page.evaluate<{ frames: number; drawings: number }>(`(() => {
    const seconds = (performance.now() - globalThis.panBegun) / 1000;
    const moments = new Set(globalThis.strokes.map((at) => Math.round(at / 4)));
    return { frames: globalThis.frames_ / seconds, drawings: Math.min(moments.size, globalThis.frames_) / seconds };
  })()`);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  return counted;
}

/** What a page asked for one line that came. */
interface Appended {
  readonly taken: number;
  readonly bytes: number;
}

/** Adds lines to a run whose plot is open, one after the other, each once the one before is drawn. */
export async function appendedTo(
  page: Page,
  address: string,
  lines: number,
  add: (number: number) => Promise<void>,
): Promise<Appended[]> {
  await page.goto(address);
  await page.getByText('Live', { exact: true }).waitFor();
  await until('the plot', () => page.evaluate<boolean>('globalThis.strokes.length > 0'));
  await page.waitForLoadState('networkidle');
  const found: Appended[] = [];
  for (let number = 0; number < lines; number += 1) {
    await page.evaluate('performance.clearResourceTimings()');
    await add(number);
    found.push(await until('the request for what is new', () => page.evaluate<Appended | undefined>(NEWS)));
  }
  return found;
}

const NEWS = `(() => {
  const found = performance.getEntriesByType('resource')
    .find(({ name, responseEnd }) => /history\\?.*fromLine/.test(name) && responseEnd > 0);
  return found === undefined ? undefined : { taken: found.responseEnd - found.startTime, bytes: found.encodedBodySize };
})()`;
