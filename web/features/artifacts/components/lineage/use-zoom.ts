import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { pinchedBy } from '../../../../lib/pinched.ts';

const SMALLEST = 0.2;
const LARGEST = 2;
const STEP = 1.25;

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How large a drawing is shown in a frame that scrolls. */
export interface Zoom {
  readonly scale: number;
  readonly closer: () => void;
  readonly further: () => void;
  /** All of the drawing; what is smaller than the frame is not stretched. */
  readonly fit: () => void;
}

/**
 * Zooms a drawing by buttons, by `+`, `-` and `0` in the frame, and by a wheel with Ctrl, as a pinch on a touchpad
 * tells. What is in the middle of the frame, or below the pointer, stays there.
 *
 * @param size of the drawing at a scale of 1, in pixels
 */
export function useZoom(frame: RefObject<HTMLElement | null>, size: Size): Zoom {
  const [scale, setScale] = useState(1);
  /** A place of the drawing, and where in the frame it is to stay. */
  const held = useRef<{ readonly drawn: Point; readonly shown: Point }>(undefined);

  const zoomTo = (wanted: number, about?: Point): void => {
    const element = frame.current;
    if (element === null) return;
    const shown = about ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 };
    const drawn = { x: (element.scrollLeft + shown.x) / scale, y: (element.scrollTop + shown.y) / scale };
    held.current = { drawn, shown };
    setScale(Math.min(LARGEST, Math.max(SMALLEST, wanted)));
  };

  useLayoutEffect(() => {
    if (frame.current === null || held.current === undefined) return;
    const { drawn, shown } = held.current;
    frame.current.scrollLeft = drawn.x * scale - shown.x;
    frame.current.scrollTop = drawn.y * scale - shown.y;
  }, [frame, scale]);

  const closer = (): void => zoomTo(scale * STEP);
  const further = (): void => zoomTo(scale / STEP);
  const fit = (): void => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    zoomTo(Math.min(1, clientWidth / size.width, clientHeight / size.height));
  };

  const turn = useEffectEvent((event: WheelEvent) => {
    const factor = pinchedBy(event);
    if (factor === undefined || frame.current === null) return;
    event.preventDefault();
    const { left, top } = frame.current.getBoundingClientRect();
    zoomTo(scale / factor, { x: event.clientX - left, y: event.clientY - top });
  });
  const press = useEffectEvent(({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (ctrlKey || metaKey || altKey) return;
    if (key === '+' || key === '=') closer();
    else if (key === '-') further();
    else if (key === '0') fit();
  });
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    // the browser's own zoom is kept away only by whoever says beforehand that it may be
    frame.current?.addEventListener('wheel', (event) => turn(event), { passive: false, signal });
    frame.current?.addEventListener('keydown', (event) => press(event), { signal });
    return () => ended.abort();
  }, [frame]);

  return { scale, closer, further, fit };
}
