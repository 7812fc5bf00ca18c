/** Media types by extension: what runs usually save. */
const TYPES: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  csv: 'text/csv',
  gif: 'image/gif',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  gz: 'application/gzip',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  jsonl: 'application/jsonl',
  log: 'text/plain',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  parquet: 'application/vnd.apache.parquet',
  patch: 'text/x-diff',
  pdf: 'application/pdf',
  png: 'image/png',
  py: 'text/x-python',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  zip: 'application/zip',
};

/** What a browser may show in place: nothing that can hold a script. */
const SHOWN = /^(image\/(bmp|gif|jpeg|png|webp)|audio\/.+|video\/.+|text\/plain|application\/json)$/;

/** The media type of a file by its name. */
export function mediaType(name: string): string {
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] as string) : 'application/octet-stream';
}

/**
 * Headers under which somebody else's bytes are served from our origin: scripts in them never run, and a browser
 * guesses no other type.
 */
export function contentHeaders(name: string): Record<string, string> {
  const type = mediaType(name);
  return {
    'content-type': /^text\//.test(type) ? `${type}; charset=utf-8` : type,
    'content-disposition': `${SHOWN.test(type) ? 'inline' : 'attachment'}; filename*=UTF-8''${fileNameOf(name)}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  };
}

function fileNameOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? name;
  return encodeURIComponent(last).replaceAll(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
