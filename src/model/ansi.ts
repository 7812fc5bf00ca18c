/** A piece of a line that looks the same throughout. */
export interface Span {
  readonly text: string;
  /** One of the sixteen colours of terminals; `undefined` for that of the text around it. */
  readonly colour: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
}

type Style = Omit<Span, 'text'>;

const PLAIN: Style = { colour: undefined, bold: false, dim: false, italic: false, underlined: false };

const ESC = '\u001b';
/** Sequences that begin with `ESC [`, of which those that end in `m` set the style; then titles and links; then all others. */
const SEQUENCE = new RegExp(
  `${ESC}\\[([0-?]*)[ -/]*([@-~])|${ESC}\\][^\u0007${ESC}]*(?:\u0007|${ESC}\\\\)?|${ESC}[@-_]?`,
  'g',
);
/** What moves a cursor or rings a bell; a tab stays. */
const CONTROLS = /(?!\t)\p{Cc}/gu;

/** What a terminal would show of a line, without its colours. */
export function plainText(line: string): string {
  return lastOverprint(line).replaceAll(SEQUENCE, '').replaceAll(CONTROLS, '');
}

/** The pieces of a line as a terminal would show it. Whatever else it asks of a terminal is left out. */
export function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  const text = lastOverprint(line);
  let style = PLAIN;
  let from = 0;
  const add = (to: number): void => {
    const piece = text.slice(from, to).replaceAll(CONTROLS, '');
    if (piece !== '') spans.push({ ...style, text: piece });
  };
  for (const sequence of text.matchAll(SEQUENCE)) {
    add(sequence.index);
    from = sequence.index + sequence[0].length;
    if (sequence[2] === 'm') style = styled(style, sequence[1] ?? '');
  }
  add(text.length);
  return spans;
}

/** A progress bar writes over itself: what stands behind the last carriage return is what one sees. */
function lastOverprint(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').findLast((part) => part.replaceAll(SEQUENCE, '') !== '') ?? '';
}

/** The style after the numbers of a sequence (ECMA-48, SGR); none are a zero. */
function styled(before: Style, numbers: string): Style {
  const codes = numbers.split(/[;:]/).map((text) => Number(text) || 0);
  let style = before;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const extended = extendedColour(codes.slice(at + 1));
      if (code === 38) style = { ...style, colour: extended.colour };
      at += extended.length;
    } else style = withCode(style, code);
  }
  return style;
}

function withCode(style: Style, code: number): Style {
  if (code >= 30 && code <= 37) return { ...style, colour: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, colour: code - 82 };
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underlined: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underlined: false };
    case 39:
      return { ...style, colour: undefined };
    default:
      return style;
  }
}

/** A colour of 256 or of 16 million, as the one of the sixteen that is nearest: those can be read on every ground. */
function extendedColour([kind, ...rest]: readonly number[]): { colour: number | undefined; length: number } {
  const [first = 0, second = 0, third = 0] = rest;
  if (kind === 2) return { colour: nearest(first, second, third), length: 4 };
  return kind === 5 ? { colour: ofPalette(first), length: 2 } : { colour: undefined, length: 0 };
}

function ofPalette(index: number): number | undefined {
  if (index < 16) return index;
  if (index >= 232) return nearest((index - 232) * 10 + 8, (index - 232) * 10 + 8, (index - 232) * 10 + 8);
  const cube = index - 16;
  return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

/** Least difference between the lightest and the darkest part of what is no grey. */
const COLOURFUL = 40;
const BRIGHT = 8;

function nearest(red: number, green: number, blue: number): number | undefined {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  if (most - least < COLOURFUL) return most < 128 ? BRIGHT : undefined;
  const middle = (least + most) / 2;
  return Number(red > middle) + 2 * Number(green > middle) + 4 * Number(blue > middle);
}
