/** How much one pixel of a wheel stretches. */
const PER_PIXEL = 0.01;

/** How much further away a wheel with Ctrl looks, which is how a pinch on a touchpad is told; `undefined` for others. */
export function pinchedBy({ ctrlKey, deltaY }: Pick<WheelEvent, 'ctrlKey' | 'deltaY'>): number | undefined {
  return ctrlKey ? Math.exp(deltaY * PER_PIXEL) : undefined;
}
