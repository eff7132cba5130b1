// Attribute values: what the service accepts, and what it refuses.

export const NAMES = ['a', 'b', 'c', 'things', 'doc', 'tags', 'n', 's', 'bin'];
export const RESERVED = ['name', 'status', 'year', 'size', 'list', 'map'];
export const TEXTS = ['', 'a', 'ab', 'abc', 'b', 'zebra', 'ünï', '日本', 'A', '10', '9'];
const NUMBERS = ['0', '1', '-1', '10', '9', '3.14', '-2.5', '1e3', '0.001', '12345678901234567890', '1E-20', '007', '100.00'];

/** A number in one of the many ways to write one; now and then beyond what can be stored. */
export function number(r) {
  if (r.chance(0.6)) return r.pick(NUMBERS);
  const digits = (most) => Array.from({ length: 1 + r.below(most) }, () => r.below(10)).join('');
  let text = r.pick(['', '', '-', '+']) + digits(r.chance(0.9) ? 6 : 39);
  if (r.chance(0.4)) text += `.${digits(r.chance(0.9) ? 4 : 20)}`;
  if (r.chance(0.3))
    text += r.pick(['e', 'E']) + r.pick(['', '+', '-']) + r.pick(['0', '2', '5', '20', '37', '120', '125', '126', '131']);
  return text;
}

export function scalar(r) {
  switch (r.below(6)) {
    case 0:
      return { S: r.pick(TEXTS) };
    case 1:
    case 2:
      return { N: number(r) };
    case 3:
      return { BOOL: r.chance(0.5) };
    case 4:
      return { NULL: true };
    default:
      return { B: Buffer.from(r.pick(TEXTS)).toString('base64') };
  }
}

export function subset(r, list) {
  const chosen = list.filter(() => r.chance(0.4));
  return chosen.length > 0 ? chosen : [r.pick(list)];
}

/** Any value that the service accepts. */
export function value(r, depth = 0) {
  if (depth >= 3 || r.chance(0.6)) return scalar(r);
  switch (r.below(4)) {
    case 0:
      return r.chance(0.7) ? { SS: subset(r, ['a', 'b', 'c', 'd', '']) } : { BS: subset(r, ['YQ==', 'Yg==', 'Yw==', '']) };
    case 1:
      return { NS: subset(r, ['1', '2', r.pick(['3.5', '3.50', '35e-1']), '-7', '0']) };
    case 2:
      return { L: Array.from({ length: r.below(4) }, () => value(r, depth + 1)) };
    default:
      return { M: Object.fromEntries(subset(r, ['x', 'y', 'z']).map((name) => [name, value(r, depth + 1)])) };
  }
}

/** Values that the service refuses, each in its own way. */
export function badValue(r) {
  return r.pick([
    { N: 'abc' },
    { N: '' },
    { N: '1e126' },
    { N: '1e-131' },
    { N: '123456789012345678901234567890123456789' },
    { SS: [] },
    { NS: ['1', '1.0'] },
    { SS: ['a', 'a'] },
    { NULL: false },
    {},
    { S: 'a', N: '1' },
  ]);
}
