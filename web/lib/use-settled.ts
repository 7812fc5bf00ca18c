import { useDebouncedValue } from '@mantine/hooks';

const PAUSE_MS = 150;

/** A text that somebody types, once they pause: each form of it would be a request. */
export function useSettled(text: string): string {
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  return settled;
}
