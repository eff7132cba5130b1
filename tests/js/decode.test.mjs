// The way out: what the document client reads, held to the AWS client's own unmarshalling.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { load } from './support/compiled.mjs';
import { writeTree } from './support/flat.mjs';
import { generator, randomItem, randomNumber } from './support/random.mjs';

const { MemoryWindow } = await load('codec/memory.js');
const { Decoder } = await load('codec/decoder.js');
const { NumberValue } = await load('codec/number-value.js');
const { NamePlace } = await load('codec/names.js');
const { RecordReaders } = await load('codec/record-reader.js');

const window = new MemoryWindow(new WebAssembly.Memory({ initial: 512 }));
function decoder(form, options) {
  const made = new Decoder(window, form, options);
  return (tree) => {
    const bytes = writeTree(tree);
    const at = 16 + (bytes.length % 7);
    window.bytes.set(bytes, at);
    const decoded = made.decode(at, {});
    // Whatever was handed out must not look into the memory any more.
    window.bytes.fill(0xff, at, at + bytes.length);
    return decoded;
  };
}
const native = (options) => {
  const decode = decoder('native', options);
  return (attributes) => decode({ m: { Item: { attributes } } }).Item;
};

test('items are read as the AWS client unmarshalls them, by one decoder in a row', () => {
  const random = generator(3);
  const read = native();
  const json = decoder('json');
  for (let round = 0; round < 500; round++) {
    const item = marshall(randomItem(random, 2));
    assert.deepEqual(read(item), unmarshall(item));
    assert.deepEqual(json({ m: { Item: { attributes: item } } }).Item, item);
  }
});

test('numbers are read as the AWS client reads them', () => {
  const random = generator(4);
  const read = native();
  const edges = [
    '0',
    '-0',
    '0.1',
    '123456789012345',
    '1234567890123456',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740993',
    '99999999999999999999999999999999999999',
    '0.000000000000001',
    '1.000000000000001',
    '12345.6789012345',
    '1E-130',
    '1e21',
    '0.1234567890123456789',
  ];
  const texts = [...edges, ...Array.from({ length: 20_000 }, () => String(randomNumber(random)))];
  for (const text of texts) {
    const item = { n: { N: text }, s: { NS: [text] } };
    const outcome = (operation) => {
      try {
        return operation();
      } catch (error) {
        return error.message;
      }
    };
    assert.deepEqual(
      outcome(() => read(item)),
      outcome(() => unmarshall(item)),
      text,
    );
  }
  assert.equal(Object.is(read({ n: { N: '-0' } }).n, -0), true);
});

test('wrapNumbers wraps, or asks a function', () => {
  const item = { n: { N: '1.10' }, s: { NS: ['1', '2'] } };
  const wrapped = native({ wrapNumbers: true })(item);
  assert.ok(wrapped.n instanceof NumberValue);
  assert.equal(wrapped.n.toString(), '1.10');
  assert.deepEqual([...wrapped.s].map(String), ['1', '2']);
  assert.deepEqual(native({ wrapNumbers: (text) => `<${text}>` })(item), { n: '<1.10>', s: new Set(['<1>', '<2>']) });
  assert.deepEqual(native({ wrapNumbers: false })(item), { n: 1.1, s: new Set([1, 2]) });
  assert.throws(() => native()({ n: { N: '9007199254740993.5' } }), {
    message: "9007199254740993.5 can't be converted to BigInt. Set options.wrapNumbers to get string value.",
  });
});

test('sets come as version 2 knows them where asked', () => {
  const { s } = native({ wrapSets: true })({ s: { SS: ['a', 'b'] } });
  assert.equal(s.wrapperName, 'Set');
  assert.equal(s.type, 'String');
  assert.deepEqual(s.values, ['a', 'b']);
  assert.equal(JSON.stringify(s), '["a","b"]');
});

test('responses are read by their tags: structure, items, single values, times', () => {
  const tree = {
    m: {
      Count: 2,
      Items: [{ attributes: { a: { N: '1' } } }, { attributes: {} }],
      Table: { m: { Created: { time: '1700000000.123' }, On: true, None: null, Bytes: Uint8Array.of(1, 2) } },
      One: { attribute: { S: 'x' } },
    },
  };
  assert.deepEqual(decoder('native')(tree), {
    Count: 2,
    Items: [{ a: 1 }, {}],
    Table: { Created: new Date(1700000000123), On: true, None: null, Bytes: Uint8Array.of(1, 2) },
    One: 'x',
  });
  assert.deepEqual(decoder('json')(tree).One, { S: 'x' });
  assert.deepEqual(decoder('json')({ m: { n: 2 ** 64 } }), { n: 2 ** 64 }, 'a number of a structure is never a bigint');
});

test('an attribute may be called __proto__', () => {
  for (const form of ['native', 'json']) {
    const { Item } = decoder(form)({
      m: { Item: { attributes: JSON.parse('{"__proto__": {"S": "x"}, "b": {"M": {"__proto__": {"NULL": true}}}}') } },
    });
    assert.equal(Object.getPrototypeOf(Item), Object.prototype);
    assert.ok(Object.hasOwn(Item, '__proto__'));
  }
});

test('more names than are remembered are still read right', () => {
  const read = native();
  for (let round = 0; round < 60; round++) {
    const item = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`name-${round}-${i % 7 === 0 ? i : i + round}`, { N: String(i) }]),
    );
    assert.deepEqual(read(item), unmarshall(item));
  }
  const long = {
    ['n'.repeat(127)]: { S: 'a' },
    ['n'.repeat(128)]: { S: 'b' },
    ['n'.repeat(300)]: { S: 'c' },
    ['\u0001'.repeat(128)]: { S: 'e' },
    é: { S: 'd' },
  };
  for (let round = 0; round < 3; round++) assert.deepEqual(read(long), unmarshall(long));
});

test('maps of one shape in a row are read by a reader made for it, and maps of another shape after that still right', () => {
  const { below } = generator(11);
  const names = [
    'b',
    'a',
    '7',
    '',
    'a"b',
    "a'b",
    'a\\b',
    'a b',
    '\u2028',
    'constructor',
    'toString',
    'é',
    'name0',
    'value0',
    'source',
  ];
  const shapes = [
    names,
    names.slice(3),
    [...names].reverse(),
    ['b'],
    [...names, '__proto__'],
    ['b', '__proto__'],
    [],
    ['b', 'extra', 'a'],
  ];
  const read = native();
  const wrapped = native({ wrapNumbers: (text) => ({ text }) });
  for (let round = 0; round < 400; round++) {
    const shape = shapes[below(round % 50 < 25 ? 1 : shapes.length)];
    const map = () => Object.fromEntries(shape.map((name) => [name, below(2) === 0 ? below(100) : `text ${below(9)}`]));
    const expected = { id: round, map: map(), list: [map(), 'x', map()] };
    const item = marshalled(expected).M;
    const given = read(item);
    assert.deepEqual(given, expected);
    assert.deepEqual(Object.keys(given.map), Object.keys(expected.map));
    assert.equal(Object.getPrototypeOf(given.map), Object.prototype);
    assert.deepEqual(wrapped(item).id, { text: String(round) });
  }
});

/** An attribute value, also of maps with names that the AWS client's `marshall` loses. */
function marshalled(value) {
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'string') return { S: value };
  if (Array.isArray(value)) return { L: value.map(marshalled) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, marshalled(member)])) };
}

test('a reader is made of eight maps of one shape; after a miss it takes sixteen, and some shapes never get one', () => {
  const placeOf = (...names) => {
    const place = new NamePlace('map', Uint8Array.of(0x6d));
    const inside = names.map((name) => new NamePlace(name, new TextEncoder().encode(name)));
    [place.first] = inside;
    for (const [i, name] of inside.entries()) name.next = inside[i + 1] ?? name.next;
    return place;
  };
  /** How many maps as expected it takes until there is a reader. */
  const patience = (readers, place, count) => {
    for (let maps = 1; maps <= 4000; maps++) {
      readers.learn(place, true, count);
      if (place.reader !== undefined) return maps;
    }
    return undefined;
  };
  const readers = new RecordReaders(true);
  const place = placeOf('a', 'b');
  for (let i = 0; i < 7; i++) readers.learn(place, true, 2);
  readers.learn(place, false, 2);
  assert.equal(patience(readers, place, 2), 8, 'a surprise starts the count afresh');
  readers.missed(place);
  assert.equal(place.reader, undefined);
  assert.equal(patience(readers, place, 2), 16);
  assert.equal(patience(readers, placeOf('a', '__proto__'), 2), undefined);
  assert.equal(patience(readers, placeOf('c'), 1), 8, 'shapes that get no reader take none from the others');
  assert.equal(patience(readers, placeOf(...Array.from({ length: 65 }, (_, i) => `n${i}`)), 65), undefined);
  assert.equal(patience(new RecordReaders(false), placeOf('a'), 1), undefined, 'values that may be read once only');
});

test('a function that wraps numbers is asked once for each, also where shapes change', () => {
  const asked = [];
  const read = native({ wrapNumbers: (text) => asked.push(text) });
  for (let round = 0; round < 20; round++) read({ a: { N: `${round}` }, b: { N: `${round}.5` } });
  read({ a: { N: '100' }, c: { N: '101' } });
  assert.equal(asked.length, 42);
  assert.deepEqual(asked.slice(-2), ['100', '101']);
});

test('where code may not be made of text, items are read all the same', () => {
  const script = fileURLToPath(new URL('support/read-alike.mjs', import.meta.url));
  const outputs = [[], ['--disallow-code-generation-from-strings']].map((flags) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  });
  assert.match(outputs[0], /"id":29/);
  assert.equal(outputs[0], outputs[1]);
});

test('texts of every length around the fast paths are read right', () => {
  const read = native();
  for (let length = 0; length < 70; length++) {
    for (const filler of ['a', 'é', '漢', '😀']) {
      const text = 'x'.repeat(Math.max(0, length - 1)) + filler;
      assert.equal(read({ t: { S: text } }).t, text);
    }
  }
});
