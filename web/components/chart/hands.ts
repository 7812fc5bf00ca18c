import { pinchedBy } from '../../lib/pinched.ts';

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
  const { deltaX, deltaY, shiftKey } = event;
  const factor = pinchedBy(event);
  if (factor !== undefined) {
    event.preventDefault();
    stretch(factor, leftOf(event.clientX, over));
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

/** Where fingers lie: two are apart. */
interface Grip {
  readonly middle: number;
  readonly apart: number | undefined;
}

/** Two fingers stretch and pan; one pans what is shown in part, and reads what is shown whole. */
function touch(over: HTMLElement, hands: Hands, signal: AbortSignal): void {
  let before: Grip | undefined;
  const begin = ({ touches }: TouchEvent): void => {
    before = gripOf(touches);
  };
  const move = (event: TouchEvent): void => {
    const grip = gripOf(event.touches);
    if (grip === undefined) return;
    if (grip.apart !== undefined) event.preventDefault();
    follow(grip, before, over, hands);
    before = grip;
  };
  over.addEventListener('touchstart', begin, { passive: true, signal });
  over.addEventListener('touchmove', move, { passive: false, signal });
}

function gripOf([one, other]: Iterable<Touch>): Grip | undefined {
  if (one === undefined) return undefined;
  if (other === undefined) return { middle: one.clientX, apart: undefined };
  const apart = Math.max(1, Math.abs(one.clientX - other.clientX));
  return { middle: (one.clientX + other.clientX) / 2, apart };
}

function follow({ middle, apart }: Grip, before: Grip | undefined, over: HTMLElement, hands: Hands): void {
  const left = leftOf(middle, over);
  if (apart === undefined && !hands.isClose()) hands.point(left);
  // a finger that came or went is no move
  if (before === undefined || (before.apart === undefined) !== (apart === undefined)) return;
  if (apart !== undefined && before.apart !== undefined) hands.stretch(before.apart / apart, left);
  hands.pan((before.middle - middle) / over.clientWidth);
}

function leftOf(clientX: number, over: HTMLElement): number {
  return clientX - over.getBoundingClientRect().left;
}
