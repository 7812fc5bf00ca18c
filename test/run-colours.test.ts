import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { RUN_COLOURS, runColour } from '../web/lib/run-colours.ts';

type Rgb = readonly [number, number, number];

const STYLES = readFileSync(new URL('../web/app/theme/global.css', import.meta.url), 'utf8');
/** Least contrast of what is drawn (WCAG 1.4.11). */
const CONTRAST = 3;
/** Least distance in Oklab: about four times what is just seen side by side. */
const APART = 0.08;

/** How linear colours look to people who miss one kind of cone (Machado and others, 2009). */
const SIGHTS: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

for (const [theme, block] of [
  ['light', 0],
  ['dark', 1],
] as const) {
  describe(`the colours of runs on ${theme}`, () => {
    const surface = linear(declared('--surface')[block] ?? '');
    const colours = Array.from({ length: RUN_COLOURS }, (_, index) => declared(`--run-${index}`)[block] ?? '');

    test('stand out from the surface', () => {
      for (const colour of colours) assert.ok(contrast(linear(colour), surface) >= CONTRAST, colour);
    });

    test('are told apart, also without one kind of cone', () => {
      for (const sight of [undefined, ...Object.values(SIGHTS)]) {
        const seen = colours.map((colour) =>
          oklab(sight === undefined ? linear(colour) : through(sight, linear(colour))),
        );
        for (const [index, one] of seen.entries())
          for (const other of seen.slice(index + 1))
            assert.ok(Math.hypot(...minus(one, other)) >= APART, `${one} ${other}`);
      }
    });
  });
}

test('a run keeps its colour, and runs that are counted up use all of them about equally', () => {
  assert.equal(runColour('seed-1'), runColour('seed-1'));
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 1_000; seed += 1) {
    const colour = runColour(`seed-${seed}`);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  assert.equal(counts.size, RUN_COLOURS);
  assert.ok(Math.max(...counts.values()) < 150, [...counts].join(' '));
});

/** The values of a variable, in the order of the themes. */
function declared(name: string): string[] {
  return [...STYLES.matchAll(new RegExp(`${name}: (#[0-9a-f]+);`, 'g'))].map(([, value = '']) => value);
}

function linear(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [red ?? 0, green ?? 0, blue ?? 0];
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [one, other].map((rgb) => dot([0.2126, 0.7152, 0.0722], rgb)).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function oklab(rgb: Rgb): Rgb {
  const cones = through(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((part) => Math.max(part, 0)) as unknown as Rgb,
  );
  return through(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt) as unknown as Rgb,
  );
}

function through([one, two, three]: readonly [Rgb, Rgb, Rgb], rgb: Rgb): Rgb {
  return [dot(one, rgb), dot(two, rgb), dot(three, rgb)];
}

function minus(one: Rgb, other: Rgb): Rgb {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
}

function dot(one: Rgb, other: Rgb): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}
