/** How the content of a file can be shown. */
export type PreviewKind = 'image' | 'table' | 'json' | 'csv' | 'markdown' | 'text';

/** What a browser shows without running anything that the file holds: in a picture, not even SVG can do something. */
const IMAGES = ['bmp', 'gif', 'jpeg', 'jpg', 'png', 'svg', 'webp'];
const JSON_FILES = ['json', 'ipynb', 'geojson'];
const MARKDOWN_FILES = ['md', 'markdown'];
const CSV_FILES = ['csv', 'tsv'];

/** How a file is shown, by its name. What is not known is text until its bytes say otherwise. */
export function previewKind(name: string): PreviewKind {
  const lower = name.toLowerCase();
  if (lower.endsWith('.table.json')) return 'table';
  const ending = lower.split('/').at(-1)?.split('.').at(-1) ?? '';
  if (IMAGES.includes(ending)) return 'image';
  if (JSON_FILES.includes(ending)) return 'json';
  if (MARKDOWN_FILES.includes(ending)) return 'markdown';
  return CSV_FILES.includes(ending) ? 'csv' : 'text';
}
