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

/** Has a page note when lines are drawn, a plot strokes one path for each, and when what was drawn is copied. */
export async function watchDrawing(page: Page): Promise<void> {
  await page.addInitScript(`
    globalThis.strokes = [];
    globalThis.copies = 0;
    const { stroke, drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (...image) {
      drawImage.apply(this, image);
      globalThis.copies += 1;
    };
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

/**
 * Looks closely at a plot and moves what it shows once in each frame, as a wheel turned sideways does: in each of these
 * frames all lines stand elsewhere.
 *
 * @returns frames in a second
 */
export async function pannedFrames(page: Page, metric: string): Promise<number> {
  const plot = page.getByRole('dialog').getByRole('slider', { name: `Cursor of ${metric}` });
  await plot.focus();
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('+');
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.waitForLoadState('networkidle');
  const { frames, changed } = await page.evaluate<{ frames: number; changed: number }>(PAN);
  if (changed < frames - 1) throw new Error(`the lines moved in ${changed} of ${frames} frames`);
  return frames / (PAN_MS / 1000);
}

const PAN = `new Promise((resolve) => {
  const over = document.querySelector('[role=dialog] .u-over');
  const begun = performance.now();
  let [frames, changed, before] = [0, 0, 0];
  const next = (now) => {
    const drawn = globalThis.strokes.length + globalThis.copies;
    if (frames > 0 && drawn > before) changed += 1;
    if (now - begun >= ${PAN_MS}) return resolve({ frames, changed });
    before = drawn;
    frames += 1;
    const deltaX = frames % 120 < 60 ? -6 : 6;
    over.dispatchEvent(new WheelEvent('wheel', { deltaX, bubbles: true, cancelable: true }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

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
