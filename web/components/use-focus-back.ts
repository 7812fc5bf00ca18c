import { useRef } from 'react';

/** For a button that is there again once what it opened is closed: whoever works by keyboard is there again too. */
export function useFocusBack() {
  const button = useRef<HTMLButtonElement>(null);
  return { button, giveBack: () => void requestAnimationFrame(() => button.current?.focus()) };
}
