import type { Records } from './name-server.ts';

/** One way to reach an inner address in spite of the guard. */
export interface Trick {
  readonly name: string;
  readonly url: string;
}

/** Where tricks aim: loopback, private, shared and reserved addresses, and those of metadata services. */
const INNER = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '192.0.0.192',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
] as const;

type Parts = readonly [number, number, number, number];

const hex = (number: number, digits = 0): string => number.toString(16).padStart(digits, '0');
const octal = (number: number): string => `0${number.toString(8)}`;
const whole = ([a, b, c, d]: Parts): number => a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
const tail = ([a, b, c, d]: Parts): string => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
const dotted = (parts: Parts): string => parts.join('.');
const shift = (text: string, zero: number): string =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const circled = (text: string): string =>
  text.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1));
const inverted = (parts: Parts): Parts => parts.map((part) => 255 - part) as unknown as Parts;

/** Spellings of one IPv4 address as the host of a URL. */
const SPELLINGS: Readonly<Record<string, (parts: Parts) => string>> = {
  'dotted decimal': dotted,
  'trailing dot': (parts) => `${dotted(parts)}.`,
  'one decimal number': (parts) => String(whole(parts)),
  'one hexadecimal number': (parts) => `0x${hex(whole(parts))}`,
  'one hexadecimal number in capitals': (parts) => `0X${hex(whole(parts), 8).toUpperCase()}`,
  'one octal number': (parts) => octal(whole(parts)),
  'hexadecimal parts': (parts) => parts.map((part) => `0x${hex(part)}`).join('.'),
  'octal parts': (parts) => parts.map(octal).join('.'),
  'octal parts with many zeros': (parts) => parts.map((part) => `000000${octal(part)}`).join('.'),
  'mixed bases': ([a, b, c, d]) => `0x${hex(a)}.${octal(b)}.${c}.0x${hex(d)}`,
  'two parts': ([a, b, c, d]) => `${a}.${b * 65536 + c * 256 + d}`,
  'three parts': ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  'overflowing number': (parts) => String(whole(parts) + 2 ** 32),
  'percent-encoded digits': (parts) => dotted(parts).replace(/\d/g, (digit) => `%3${digit}`),
  'percent-encoded dots': (parts) => parts.join('%2e'),
  'fullwidth digits': (parts) => shift(dotted(parts), 0xff10),
  'mathematical digits': (parts) => shift(dotted(parts), 0x1d7d8),
  'circled digits': (parts) => circled(dotted(parts)),
  'ideographic full stops': (parts) => parts.join('。'),
  'fullwidth full stops': (parts) => parts.join('．'),
  'halfwidth full stops': (parts) => parts.join('｡'),
  'a soft hyphen inside': (parts) => dotted(parts).replace('.', '\u00ad.'),
  'IPv4-mapped, dotted': (parts) => `[::ffff:${dotted(parts)}]`,
  'IPv4-mapped, hexadecimal': (parts) => `[::ffff:${tail(parts)}]`,
  'IPv4-mapped, in full': (parts) => `[0000:0000:0000:0000:0000:FFFF:${tail(parts).toUpperCase()}]`,
  'IPv4-compatible': (parts) => `[::${tail(parts)}]`,
  'IPv4-translated': (parts) => `[::ffff:0:${tail(parts)}]`,
  NAT64: (parts) => `[64:ff9b::${tail(parts)}]`,
  'local NAT64': (parts) => `[64:ff9b:1::${tail(parts)}]`,
  '6to4': (parts) => `[2002:${tail(parts)}::1]`,
  'Teredo client': (parts) => `[2001:0:808:808:0:0:${tail(inverted(parts))}]`,
  'Teredo server': (parts) => `[2001:0:${tail(parts)}::1]`,
  ISATAP: (parts) => `[2606:4700::5efe:${tail(parts)}]`,
};

const INNER_V6 = [
  ...['::1', '::', '0:0:0:0:0:0:0:1', '0000::0001', 'fe80::1', 'fe80::a9fe:a9fe', 'febf::1', 'fec0::1', 'fc00::1'],
  ...['fd00::1', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:42::42', 'ff02::1', 'ff05::2', '100::1'],
  ...['2001:db8::1', '3fff::1', '2001:2::1', '5f00::1', 'fe80::1%25eth0', '::1%25lo', '::1%lo', 'v1.1', '1::1::1'],
];

const LOCAL_NAMES = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'localhost.localdomain',
    'a.localhost',
    'ip6-localhost',
    'ｌｏｃａｌｈｏｓｔ',
  ],
  ...[
    'loc%61lhost',
    'lo\u00adcalhost',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'metadata.google.internal',
    'host.docker.internal',
    'kubernetes.default.svc',
  ],
];

/** How names under `.ssrf.test` point inwards; each is asked for with an address, as wildcard name servers have it. */
const ANSWERS: Readonly<Record<string, (address: string) => Records>> = {
  plain: (address) => [address],
  mapped: (address) => [`::ffff:${address}`],
  nat64: (address) => [`64:ff9b::${address}`],
  mixed: (address) => ['8.8.8.8', address],
  first: (address) => [address, '8.8.8.8'],
  families: (address) => ['8.8.8.8', `::ffff:${address}`],
  alias: (address) => [`-> plain.${address.replaceAll('.', '-')}.ssrf.test`],
  chain: (address) => [`-> alias.${address.replaceAll('.', '-')}.ssrf.test`],
};

/** Names for which there is no address to connect to, each in its way. */
const WITHOUT: Readonly<Record<string, Records>> = {
  'none.ssrf.test': [],
  'unknown.ssrf.test': 'no such name',
  'refused.ssrf.test': 'refused',
  'loop.ssrf.test': ['-> none.ssrf.test'],
};

/** Names that lead inwards, each in its way. */
export const INWARD_NAMES: readonly string[] = INNER.flatMap((address) =>
  Object.keys(ANSWERS).map((kind) => `${kind}.${address.replaceAll('.', '-')}.ssrf.test`),
);

/** What the name server of the tests answers for the names of the corpus. */
export function corpusRecords(name: string): Records {
  const [, kind = '', address = ''] = /^(\w+)\.(\d+-\d+-\d+-\d+)\.ssrf\.test$/.exec(name) ?? [];
  return ANSWERS[kind]?.(address.replaceAll('-', '.')) ?? WITHOUT[name] ?? 'no such name';
}

/** URLs whose parts say one thing to one parser and another to the next. */
const structures = (port: number): readonly string[] => [
  ...['file:///etc/passwd', 'gopher://127.0.0.1/_x', 'ftp://127.0.0.1/', 'dict://127.0.0.1/', 'ldap://127.0.0.1/'],
  ...[
    'javascript:alert(1)',
    'data:text/plain,x',
    'ws://127.0.0.1/',
    'jar:http://127.0.0.1!/',
    'unix:///run/docker.sock',
  ],
  ...[
    '//127.0.0.1/',
    '/127.0.0.1',
    '127.0.0.1',
    'http:',
    'http://',
    'http:///',
    'http://:80/',
    'http://[]/',
    'http://%00/',
  ],
  `http:127.0.0.1:${port}/`,
  `http:/127.0.0.1:${port}/`,
  `http:////127.0.0.1:${port}/`,
  `http:\\\\127.0.0.1:${port}\\`,
  `http://127.0.0.1:${port}\\@8.8.8.8/`,
  `http://8.8.8.8\\@127.0.0.1:${port}/`,
  `http://8.8.8.8@127.0.0.1:${port}/`,
  `http://8.8.8.8:80@127.0.0.1:${port}/`,
  `http://8.8.8.8%2f@127.0.0.1:${port}/`,
  `http://@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}#@8.8.8.8/`,
  `http://127.0.0.1:${port}?@8.8.8.8/`,
  `http://127.0.0.1:${port}/?url=http://8.8.8.8/`,
  `http://127.0.0.1:0${port}/`,
  `http://127.0.0.1:${port + 65536}/`,
  `http://127.0.0.1:${port}:80/`,
  `http://127.0.0.1 :${port}/`,
  ` http://127.0.0.1:${port}/ `,
  `\thttp://127.0.0.1:${port}/`,
  `http://127.0\t.0.1:${port}/`,
  `http://127.0\n.0.1:${port}/`,
  `ht\ntp://127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}/\r\nHost: inner`,
  `http://127.0.0.1:${port}/%0d%0aHost:%20inner`,
  `http://127.0.0.1%0d%0a:${port}/`,
  `http://127.0.0.1\u0000:${port}/`,
  `http://127.0.0.1\u2028:${port}/`,
  `http://127.0.0.1%23@8.8.8.8:${port}/`,
  `http://127.0.0.1/../../:${port}`,
  `HTTP://127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}/`,
];

/** @param port where a listener on every address of this machine waits for what gets through */
export function ssrfCorpus(port: number): readonly Trick[] {
  const at = (host: string): string => `http://${host}:${port}/hook`;
  const spelled = INNER.flatMap((address) =>
    Object.entries(SPELLINGS).map(([name, spell]) => ({
      name: `${name} of ${address}`,
      url: at(spell(address.split('.').map(Number) as unknown as Parts)),
    })),
  );
  const names = [...LOCAL_NAMES, ...INWARD_NAMES, ...Object.keys(WITHOUT)];
  return [
    ...spelled,
    ...INNER_V6.map((address) => ({ name: `the IPv6 address ${address}`, url: at(`[${address}]`) })),
    ...names.map((name) => ({ name: `the name ${name}`, url: at(name) })),
    ...structures(port).map((url) => ({ name: `the form ${JSON.stringify(url)}`, url })),
  ];
}
