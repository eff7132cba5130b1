// A module whose functions note that they ran: each sets an exported global of its own.

import { constant, I32, joined, KIND, MUTABLE, number, OPCODE, parsed, SECTION, written } from './binary.mjs';
import { atCode } from './calls.mjs';

const NOTE = 'ran:';
const clear = { type: I32, mutable: MUTABLE, value: new Uint8Array([...constant(0), OPCODE.end]) };

/** The module with the notes. */
export function instrumented(bytes) {
  const module = parsed(bytes);
  const imported = module.get(SECTION.import).length;
  const globals = module.get(SECTION.global);
  const bodies = module.get(SECTION.code);
  module.set(SECTION.export, [
    ...module.get(SECTION.export),
    ...bodies.map((_, n) => ({ name: `${NOTE}${imported + n}`, kind: KIND.global, index: globals.length + n })),
  ]);
  module.set(
    SECTION.code,
    bodies.map((body, n) => {
      const { at } = atCode(body);
      const note = [...constant(1), OPCODE.globalSet, ...number(globals.length + n)];
      return joined([body.subarray(0, at), note, body.subarray(at)]);
    }),
  );
  module.set(SECTION.global, [...globals, ...bodies.map(() => clear)]);
  return written(module);
}

/** The indices of the functions that ran in an instance of such a module. */
export function functionsThatRan(exports) {
  return Object.entries(exports)
    .filter(([name, global]) => name.startsWith(NOTE) && global.value === 1)
    .map(([name]) => Number(name.slice(NOTE.length)));
}
