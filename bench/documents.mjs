// The benchmark's items: about 400 bytes each by DynamoDB's rules, with nesting, different from one another, from a fixed seed.

const STREETS = ['Lindenallee', 'Hauptstrasse', 'Brunnenweg', 'Am Markt', 'Kirchgasse', 'Seestrasse', 'Bergstrasse'];
const CITIES = ['Basel', 'Hamburg', 'Leipzig', 'Graz', 'Zug', 'Bremen', 'Ulm'];
const NOTE =
  'Left the parcel with the neighbour on the second floor; please ring twice, the bell is quiet. Signed for by hand on delivery. ';

/** Items an item collection holds: a query page of the benchmark is 20 of them. */
export const COLLECTION_SIZE = 100;

/** The key of the n-th item. */
export function key(n) {
  return { pk: `customer#${Math.floor(n / COLLECTION_SIZE)}`, sk: `order#${String(n % COLLECTION_SIZE).padStart(6, '0')}` };
}

/** The n-th item. */
export function item(n) {
  return {
    ...key(n),
    name: `Customer Number ${n}`,
    age: 18 + (n % 70),
    price: 1 + (n % 10_000) / 100,
    tags: ['new', `segment-${n % 9}`, 'newsletter'],
    address: {
      street: `${STREETS[n % STREETS.length]} ${n % 200}`,
      city: CITIES[n % CITIES.length],
      zip: String(10_000 + (n % 80_000)),
      geo: { lat: 47 + (n % 1000) / 1000, lng: 8 + (n % 997) / 1000 },
    },
    active: n % 3 !== 0,
    note: NOTE.slice(n % 20) + NOTE.slice(0, 20 + (n % 20)),
    revision: 0,
  };
}

/** How many prepared requests a run cycles through: enough that no cache of ours sees the same one soon again. */
const PREPARED = 4096;

/**
 * Prepared keys and items in a pseudo-random order, the same on every run, so that making documents is not part of any figure.
 * `next()` gives one, `next.batch()` 25 items with different keys.
 * @param {number} count items in the database
 */
export function workload(count) {
  let state = 1;
  const entries = Array.from({ length: PREPARED }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const n = Math.floor((state / 2 ** 32) * count);
    return { key: key(n), item: item(n) };
  });
  let position = 0;
  const next = () => entries[position++ % PREPARED];
  const batches = Array.from({ length: 64 }, () => distinct(next, 25));
  let turn = 0;
  next.batch = () => batches[turn++ % batches.length];
  return next;
}

function distinct(next, length) {
  const items = new Map();
  while (items.size < length) {
    const entry = next();
    items.set(`${entry.key.pk}|${entry.key.sk}`, entry.item);
  }
  return [...items.values()];
}
