/** Of longer values, which no header carries, the forms of forms would fill megabytes. */
const LONGEST_CARRIED = 512;

/**
 * The forms in which a value may turn up in a text: as it is, base64 (also amid something longer, as in basic
 * authentication), base64url, hex, URL-encoded, JSON-escaped, HTML-escaped, and reversed; each of them also of the
 * value as JSON bodies and headers carry it, since receivers echo those as well.
 */
export function writtenForms(value: string): string[] {
  if (value.length > LONGEST_CARRIED) return [...new Set(formsOf(value))];
  const carried = new Set([
    value,
    ...bodyForms(value),
    ...headerForms(value),
    value.toUpperCase(),
    value.toLowerCase(),
  ]);
  return [...new Set([...carried].flatMap(formsOf))];
}

function formsOf(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [
    text,
    ...base64Forms(bytes),
    ...hexForms(bytes),
    ...urlForms(bytes.toString('utf8')),
    ...jsonForms(text),
    ...htmlForms(text),
    ...reversedForms(text),
  ];
}

/** As Tripline writes bodies, and as the encoders that receivers mostly have write them. */
function bodyForms(value: string): string[] {
  const inner = JSON.stringify(value).slice(1, -1);
  return [inner, inner.replace(BEYOND_ASCII, lowEscape), inner.replace(/[<>&]/g, lowEscape)];
}

/** On one line, as headers carry it; and read byte by byte, or as UTF-8 although it was not, as answers are. */
function headerForms(value: string): string[] {
  const line = value.replace(/\p{Cc}+/gu, ' ').trim();
  return [...new Set([value, line])].flatMap((text) => {
    const bytes = Buffer.from(text, 'utf8');
    return [text, bytes.toString('latin1'), Buffer.from(text, 'latin1').toString('utf8')];
  });
}

/** Three places of the value's first byte among the characters of four: each tells the value's bits otherwise. */
function base64Forms(bytes: Buffer): string[] {
  const amid = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // characters at either end that hold bits of the neighbours too are left out
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const whole = bytes.toString('base64');
  return [whole, whole.replace(/=+$/, ''), ...amid].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    form.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D'),
  ]);
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase()];
}

/** By `encodeURIComponent`, by RFC 3986, by HTML forms; with capitals and without. */
function urlForms(value: string): string[] {
  const form = new URLSearchParams({ v: value }).toString().slice('v='.length);
  const component = encodeURIComponent(value);
  const strict = component.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const every = Buffer.from(value, 'utf8').toString('hex').toUpperCase().replace(/../g, '%$&');
  return [form, component, strict, encodeURI(value), every].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ]);
}

const BEYOND_ASCII = /[\x7f-\uffff]/g;
/** What encoders that are wary of HTML escape too. */
const HTML_SIGNS = /[<>&'+`\u2028\u2029]/g;
const EVERY_UNIT = /[\s\S]/g;

/**
 * As JavaScript writes strings, with escaped slashes, with nothing but ASCII, as Python does, without the signs of
 * HTML, as Go does, and with nothing but escapes.
 */
function jsonForms(value: string): string[] {
  const inner = JSON.stringify(value).slice(1, -1);
  const wary = inner.replaceAll('\\"', '\\u0022');
  const escaped = [inner, inner.replaceAll('/', '\\/'), inner.replace(/[<>&]/g, lowEscape)].flatMap((text) => [
    text,
    text.replace(BEYOND_ASCII, lowEscape),
    text.replace(BEYOND_ASCII, highEscape),
  ]);
  const widest = [lowEscape, highEscape].flatMap((escaping) => [
    wary.replace(HTML_SIGNS, escaping).replace(BEYOND_ASCII, escaping),
    value.replace(EVERY_UNIT, escaping),
  ]);
  return [...escaped, ...widest];
}

function lowEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function highEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Each with its own ways to write quotes. */
function htmlForms(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const double = ['"', '&quot;', '&#34;', '&#x22;'];
  const single = ["'", '&#39;', '&#x27;', '&apos;', '&#039;'];
  const numbered = Array.from(value, (sign) => `&#${sign.codePointAt(0)};`).join('');
  const hex = Array.from(value, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('');
  const named = double.flatMap((quote) => single.map((mark) => text.replaceAll('"', quote).replaceAll("'", mark)));
  const ascii = named.map((form) => form.replace(/[^\x20-\x7e\n\r\t]/gu, (sign) => `&#${sign.codePointAt(0)};`));
  return [...named, ...ascii, numbered, hex];
}

/** By characters and by the units of JavaScript's strings. */
function reversedForms(value: string): string[] {
  return [[...value].reverse().join(''), value.split('').reverse().join('')];
}
