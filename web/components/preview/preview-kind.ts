/** How the content of a file can be shown. */
export type PreviewKind = 'image' | 'table' | 'json' | 'csv' | 'text';

/** Only what a browser shows without running anything that the file holds; SVG is shown as its text. */
const IMAGES = ['bmp', 'gif', 'jpeg', 'jpg', 'png', 'webp'];
const JSON_FILES = ['json', 'ipynb', 'geojson'];
const CSV_FILES = ['csv', 'tsv'];

/** How a file is shown, by its name. What is not known is text until its bytes say otherwise. */
export function previewKind(name: string): PreviewKind {
  const lower = name.toLowerCase();
  if (lower.endsWith('.table.json')) return 'table';
  const ending = lower.split('/').at(-1)?.split('.').at(-1) ?? '';
  if (IMAGES.includes(ending)) return 'image';
  if (JSON_FILES.includes(ending)) return 'json';
  return CSV_FILES.includes(ending) ? 'csv' : 'text';
}
