/**
 * The forms in which a value may turn up in a text: as it is, base64 (also amid something longer, as in basic
 * authentication), base64url, hex, URL-encoded, JSON-escaped, HTML-escaped, and reversed.
 */
export function writtenForms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [
    value,
    ...base64Forms(bytes),
    ...hexForms(bytes),
    ...urlForms(bytes.toString('utf8')),
    ...jsonForms(value),
    ...htmlForms(value),
    ...reversedForms(value),
  ];
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
  return [form, component, strict, encodeURI(value)].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ]);
}

/** As JavaScript writes strings, with escaped slashes, and with nothing but ASCII, as Python does. */
function jsonForms(value: string): string[] {
  const inner = JSON.stringify(value).slice(1, -1);
  return [inner, inner.replaceAll('/', '\\/')].flatMap((text) => [text, asciiOnly(text), asciiOnly(text, true)]);
}

function asciiOnly(text: string, capitals = false): string {
  return text.replace(/[\x7f-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${capitals ? code.toUpperCase() : code}`;
  });
}

/** Each with its own ways to write quotes. */
function htmlForms(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const double = ['"', '&quot;', '&#34;', '&#x22;'];
  const single = ["'", '&#39;', '&#x27;', '&apos;', '&#039;'];
  return double.flatMap((quote) => single.map((mark) => text.replaceAll('"', quote).replaceAll("'", mark)));
}

/** By characters and by the units of JavaScript's strings. */
function reversedForms(value: string): string[] {
  return [[...value].reverse().join(''), value.split('').reverse().join('')];
}
