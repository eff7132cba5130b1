// What the codec costs beside structuredClone, interleaved: `node bench/codec.mjs [FOLDER]`. No engine is involved: what was encoded
// is decoded from where it was written.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const compiled = pathToFileURL(`${resolve(process.argv[2] ?? 'target/js')}/`);
const { MemoryWindow } = await import(new URL('codec/memory.js', compiled));
const { DocumentEncoder } = await import(new URL('codec/encoder.js', compiled));
const { Decoder } = await import(new URL('codec/decoder.js', compiled));
const { requestShape } = await import(new URL('codec/shapes.js', compiled));

const memory = new WebAssembly.Memory({ initial: 64 });
const window = new MemoryWindow(memory);
const base = 65_536;
const encoder = new DocumentEncoder(window, { base, limit: base + (1 << 20), requestBuffer() {} });
const decoder = new Decoder(window, 'native');
const shape = requestShape('PutItem');
const getShape = requestShape('GetItem');

const documents = Array.from({ length: 64 }, (_, i) => ({
  pk: `user#${123 + i}`,
  sk: `order#2024-01-${String(1 + (i % 28)).padStart(2, '0')}`,
  name: `Jane Q. Doe ${i}`,
  age: 20 + i,
  price: 12.5 + i,
  tags: [`a${i % 7}`, 'b', 'c'],
  addr: {
    street: `${i} Main Street`,
    city: 'Springfield',
    zip: String(10000 + i),
    geo: { lat: 52.3 + i / 100, lng: 4.9 - i / 100 },
  },
  active: i % 2 === 0,
  note: `n${i} `.padEnd(120, 'lorem ipsum dolor sit amet '),
}));
const puts = documents.map((Item) => ({ TableName: 'bench', Item }));
const gets = documents.map(({ pk, sk }) => ({ TableName: 'bench', Key: { pk, sk } }));
// Each document's encoded response lies at a place of its own, as a read's would.
const at = documents.map((Item, i) => {
  const length = encoder.encode({ Item }, shape);
  const address = 1_000_000 + i * 4096;
  window.bytes.copyWithin(address, base, base + length);
  return address;
});

let kept;
const variants = {
  structuredClone: (i) => {
    kept = structuredClone(documents[i]);
  },
  'encode put request': (i) => {
    kept = encoder.encode(puts[i], shape);
  },
  'encode get request': (i) => {
    kept = encoder.encode(gets[i], getShape);
  },
  'decode get response': (i) => {
    kept = decoder.decode(at[i], { $metadata: undefined });
  },
};
const perRound = 256;
const runs = Object.values(variants).map((variant) =>
  Function(
    'variant',
    'perRound',
    'now',
    'const start = now(); for (let i = 0; i < perRound; i++) variant(i & 63); return (now() - start) * 1e6 / perRound',
  ).bind(null, variant, perRound, () => performance.now()),
);
const times = runs.map(() => []);
for (let round = 0; round < 1200; round++)
  runs.forEach((run, k) => {
    const ns = run();
    if (round > 300) times[k].push(ns);
  });
const at10 = (list, part) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)];
const floor = at10(times[0], 0.1);
Object.keys(variants).forEach((name, k) => {
  const p10 = at10(times[k], 0.1);
  console.log(
    name.padEnd(24),
    `p10 ${p10.toFixed(0).padStart(6)} ns`,
    `median ${at10(times[k], 0.5).toFixed(0).padStart(6)} ns`,
    `${(p10 / floor).toFixed(2)}x structuredClone`,
  );
});
if (kept === undefined) throw new Error('nothing ran');
