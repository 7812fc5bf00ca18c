import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense } from 'react';

const load = () => import('./palette.tsx');
const LazyPalette = lazy(async () => ({ default: (await load()).Palette }));

/** Opens the palette, which is loaded after the first page is there. */
export async function openPalette(): Promise<void> {
  (await load()).palette.open();
}

/** Its key works from the first moment on, also while one writes. */
export function PaletteDoor() {
  useHotkeys([['mod+K', () => void openPalette()]], []);
  return (
    <Suspense>
      <LazyPalette />
    </Suspense>
  );
}
