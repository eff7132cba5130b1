// The floor: what JavaScript itself needs to keep a document safe from its caller, a Map with a structuredClone in and out.

import { COLLECTION_SIZE, item, workload } from './documents.mjs';

/** @param {number} count items preloaded */
export function floorSubject(count) {
  const map = new Map();
  const collections = new Map();
  const name = ({ pk, sk }) => `${pk}\u0000${sk}`;
  const put = (document) => map.set(name(document), structuredClone(document));
  for (let n = 0; n < count; n += 1) {
    const document = item(n);
    put(document);
    const page = collections.get(document.pk) ?? [];
    if (page.length < Math.min(20, COLLECTION_SIZE)) page.push(name(document));
    collections.set(document.pk, page);
  }
  const next = workload(count);
  return {
    name: 'floor: Map + structuredClone',
    operations: {
      put: () => put(next().item),
      get: () => structuredClone(map.get(name(next().key))),
      'query 20': () => collections.get(next().key.pk).map((id) => structuredClone(map.get(id))),
      'batch write 25': () => next.batch().forEach(put),
      // A conditional update is compared with one put of the floor, which is less work.
      update: () => put(next().item),
    },
    close() {},
  };
}
