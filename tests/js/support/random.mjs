// A seeded generator and values drawn from it, biased to the edges that a codec gets wrong.

export function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  return { next, below, pick };
}

const texts = [
  '',
  'a',
  'id',
  'name',
  '__proto__',
  'constructor',
  'toString',
  'é',
  'ß'.repeat(20),
  '😀',
  'x'.repeat(39),
  'x'.repeat(40),
  'x'.repeat(41),
  'y'.repeat(127),
  'y'.repeat(128),
  'é'.repeat(63),
  'é'.repeat(64),
  'é'.repeat(127),
  '\u0000',
  '\ufeffbom',
  '漢字'.repeat(30),
];
const numbers = [
  0,
  -0,
  1,
  -1,
  9,
  10,
  99,
  100,
  127,
  128,
  255,
  256,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 - 1,
  -(2 ** 53) + 1,
  1e14,
  999_999_999_999_999,
  1e15,
  0.1,
  0.5,
  0.25,
  -0.125,
  12.5,
  52.309999999999995,
  4.9,
  1e-7,
  1.5e-9,
  0.000001,
  123456.789012,
  99_999_999.999999,
  1e8 + 0.5,
  100.1,
  0.30000000000000004,
  5e-324,
  1700000000123,
  1.0000000000000002,
];

/** Around the size from which a length takes three bytes; rare, since items are to stay small. */
const longTexts = ['z'.repeat(16_383), 'z'.repeat(16_384), 'é'.repeat(8191), 'é'.repeat(8192)];

export function randomText({ next, below, pick }) {
  if (next() < 0.002) return pick(longTexts);
  if (next() < 0.5) return pick(texts);
  return Array.from({ length: below(30) }, () =>
    String.fromCodePoint(next() < 0.9 ? 32 + below(95) : pick([0xe9, 0x4e2d, 0x1f600])),
  ).join('');
}

export function randomNumber({ next, below, pick }) {
  const kind = next();
  if (kind < 0.4) return pick(numbers);
  if (kind < 0.6) return below(2 ** 31) - 2 ** 30;
  if (kind < 0.8) return (below(2_000_000_000) - 1_000_000_000) / pick([10, 100, 1000, 1e4, 1e6, 1e7]);
  return (next() - 0.5) * 10 ** (below(30) - 15);
}

export const randomBytes = ({ below }) => Uint8Array.from({ length: below(5) === 0 ? 200 : below(8) }, () => below(256));

/** A value that the AWS client marshalls without options, at most `depth` deep. */
export function randomValue(random, depth = 3) {
  const { below } = random;
  const list = (make, min = 0) => Array.from({ length: min + below(below(12) === 0 ? 150 : 5) }, make);
  switch (below(depth > 0 ? 12 : 6)) {
    case 0:
      return randomText(random);
    case 1:
      return randomNumber(random);
    case 2:
      return below(2) === 0;
    case 3:
      return null;
    case 4:
      return randomBytes(random);
    case 5:
      return BigInt(below(1_000_000)) ** 3n * (below(2) === 0 ? 1n : -1n);
    case 6:
      return new Set(list(() => randomText(random), 1));
    case 7:
      return new Set(list(() => randomNumber(random), 1));
    case 8:
      return new Set(list(() => randomBytes(random), 1));
    case 9:
      return list(() => randomValue(random, depth - 1));
    case 10:
      return new Map(list(() => [randomText(random), randomValue(random, depth - 1)]).filter(([name]) => name !== '__proto__'));
    default:
      return randomItem(random, depth - 1);
  }
}

export function randomItem(random, depth = 3) {
  const { below } = random;
  const entries = Array.from({ length: below(12) === 0 ? 140 : below(7) }, () => [
    randomText(random),
    randomValue(random, depth),
  ]);
  // The AWS client loses attributes of this name; ours are tested apart.
  return Object.fromEntries(entries.filter(([name]) => name !== '__proto__' && name !== 'constructor'));
}
