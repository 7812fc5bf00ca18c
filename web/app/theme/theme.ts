import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Ultramarine: what can be pressed, and where one is. */
const brand: MantineColorsTuple = [
  '#eef0ff',
  '#dde1fe',
  '#bdc4fb',
  '#a3adfb',
  '#8f9bfb',
  '#5566f0',
  '#3d4fe0',
  '#3342c4',
  '#2c389f',
  '#262f7d',
];

/** The mark's point, and nothing but what has fired. */
const ember: MantineColorsTuple = [
  '#fff1ec',
  '#ffe0d5',
  '#ffc0aa',
  '#ff9d7d',
  '#ff8a64',
  '#ff7a4d',
  '#d8481a',
  '#b83c15',
  '#933013',
  '#732712',
];

/** Ink on paper, a little blue. The sixth is the faintest that text may have on the second. */
const gray: MantineColorsTuple = [
  '#f8f8fb',
  '#f1f2f6',
  '#e5e6ed',
  '#d6d8e2',
  '#b9bdcb',
  '#7a8094',
  '#5a6072',
  '#434859',
  '#2c303d',
  '#171a26',
];

const dark: MantineColorsTuple = [
  '#d5d9e4',
  '#b5bbcb',
  '#9ba2b5',
  '#6b7388',
  '#2c3240',
  '#232834',
  '#191d27',
  '#10131a',
  '#0b0d13',
  '#07090d',
];

/** The tokens of the design: the one source, from which the build makes the CSS variables. */
export const theme = createTheme({
  colors: { brand, ember, gray, dark },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 5 },
  black: '#171a26',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});
