/** What hands do on a plot beside what a mouse does by itself. */
export interface Hands {
  /** To the right by a part of the width; negative: to the left. */
  readonly pan: (share: number) => void;
  /** Wider by a factor, about a pixel from the left. */
  readonly stretch: (factor: number, left: number) => void;
  /** One finger lies on a pixel from the left. */
  readonly point: (left: number) => void;
  /** Whether less than all is shown: otherwise a wheel turns the page. */
  readonly isClose: () => boolean;
}

/** How much one pixel of a wheel stretches. */
const PER_PIXEL = 0.01;

/**
 * Follows dragging with Shift or the middle button, wheels (sideways, or with Shift: pan; with Ctrl, as a pinch on a
 * touchpad tells: stretch) and fingers. A plain wheel and a finger that goes up or down turn the page.
 *
 * @returns what ends it
 */
export function followHands(over: HTMLElement, hands: Hands): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  over.addEventListener('wheel', (event) => turn(event, over, hands), { passive: false, signal });
  over.addEventListener('pointerdown', (event) => drag(event, over, hands), { signal });
  touch(over, hands, signal);
  return () => ended.abort();
}

function turn(event: WheelEvent, over: HTMLElement, { pan, stretch, isClose }: Hands): void {
  const { deltaX, deltaY, ctrlKey, shiftKey } = event;
  if (ctrlKey) {
    event.preventDefault();
    stretch(Math.exp(deltaY * PER_PIXEL), leftOf(event.clientX, over));
    return;
  }
  const across = shiftKey && deltaX === 0 ? deltaY : deltaX;
  if (!isClose() || Math.abs(across) <= Math.abs(shiftKey ? 0 : deltaY)) return;
  event.preventDefault();
  pan(across / over.clientWidth);
}

function drag(event: PointerEvent, over: HTMLElement, { pan }: Hands): void {
  if (event.pointerType === 'touch' || !((event.button === 0 && event.shiftKey) || event.button === 1)) return;
  event.preventDefault();
  over.setPointerCapture(event.pointerId);
  let before = event.clientX;
  const move = ({ clientX }: PointerEvent): void => {
    pan((before - clientX) / over.clientWidth);
    before = clientX;
  };
  over.addEventListener('pointermove', move);
  over.addEventListener('lostpointercapture', () => over.removeEventListener('pointermove', move), { once: true });
}

/** Two fingers stretch and pan, one reads. */
function touch(over: HTMLElement, { pan, stretch, point }: Hands, signal: AbortSignal): void {
  let before: { readonly middle: number; readonly apart: number } | undefined;
  const begin = (): void => {
    before = undefined;
  };
  over.addEventListener('touchstart', begin, { passive: true, signal });
  over.addEventListener(
    'touchmove',
    (event) => {
      const [one, other] = event.touches;
      if (one === undefined) return;
      if (other === undefined) {
        point(leftOf(one.clientX, over));
        return;
      }
      event.preventDefault();
      const middle = (one.clientX + other.clientX) / 2;
      const apart = Math.max(1, Math.abs(one.clientX - other.clientX));
      if (before !== undefined) {
        stretch(before.apart / apart, leftOf(middle, over));
        pan((before.middle - middle) / over.clientWidth);
      }
      before = { middle, apart };
    },
    { passive: false, signal },
  );
}

function leftOf(clientX: number, over: HTMLElement): number {
  return clientX - over.getBoundingClientRect().left;
}
