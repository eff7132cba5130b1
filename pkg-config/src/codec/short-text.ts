// Short ASCII texts made from bytes without a decoder. One call with all characters makes one flat string; appending piece by piece
// would leave a rope that the first reader has to flatten. Each byte is read once, which is why every length has lines of its own.

const from = String.fromCharCode;

/** Longest text that {@link shortText} makes. */
export const shortTextMax = 16;

/** The text of `length` ASCII bytes; undefined when one is not ASCII, or for a longer text. */
// biome-ignore format: one line a length
export function shortText(t: Uint8Array, p: number, length: number): string | undefined {
  switch (length) {
    case 0: return '';
    case 1: { const a = t[p]!; return (a) > 0x7f ? undefined : from(a); }
    case 2: { const a = t[p]!, b = t[p + 1]!; return (a | b) > 0x7f ? undefined : from(a, b); }
    case 3: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!; return (a | b | c) > 0x7f ? undefined : from(a, b, c); }
    case 4: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!; return (a | b | c | d) > 0x7f ? undefined : from(a, b, c, d); }
    case 5: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!; return (a | b | c | d | e) > 0x7f ? undefined : from(a, b, c, d, e); }
    case 6: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!; return (a | b | c | d | e | f) > 0x7f ? undefined : from(a, b, c, d, e, f); }
    case 7: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!; return (a | b | c | d | e | f | g) > 0x7f ? undefined : from(a, b, c, d, e, f, g); }
    case 8: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!; return (a | b | c | d | e | f | g | h) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h); }
    case 9: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!; return (a | b | c | d | e | f | g | h | i) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i); }
    case 10: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!; return (a | b | c | d | e | f | g | h | i | j) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j); }
    case 11: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!; return (a | b | c | d | e | f | g | h | i | j | k) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k); }
    case 12: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!, l = t[p + 11]!; return (a | b | c | d | e | f | g | h | i | j | k | l) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k, l); }
    case 13: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!, l = t[p + 11]!, m = t[p + 12]!; return (a | b | c | d | e | f | g | h | i | j | k | l | m) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k, l, m); }
    case 14: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!, l = t[p + 11]!, m = t[p + 12]!, n = t[p + 13]!; return (a | b | c | d | e | f | g | h | i | j | k | l | m | n) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k, l, m, n); }
    case 15: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!, l = t[p + 11]!, m = t[p + 12]!, n = t[p + 13]!, o = t[p + 14]!; return (a | b | c | d | e | f | g | h | i | j | k | l | m | n | o) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o); }
    case 16: { const a = t[p]!, b = t[p + 1]!, c = t[p + 2]!, d = t[p + 3]!, e = t[p + 4]!, f = t[p + 5]!, g = t[p + 6]!, h = t[p + 7]!, i = t[p + 8]!, j = t[p + 9]!, k = t[p + 10]!, l = t[p + 11]!, m = t[p + 12]!, n = t[p + 13]!, o = t[p + 14]!, q = t[p + 15]!; return (a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | q) > 0x7f ? undefined : from(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, q); }
    default: return undefined;
  }
}
