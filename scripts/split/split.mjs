// One module made two, of which a process needs the second only once something is asked that few applications ask. A runtime reads
// and validates a whole module before it runs any of it; for half of Snowglobe's that is in vain (ARCHITECTURE.md).
//
// Both parts keep every index of the whole module, so the code of a function is copied as it is. In the place of a function that the
// other part has, a part has one that calls it through the table:
//
//   primary                                   secondary, instantiated by `load` when a placeholder runs first
//     hot function: its code                    hot function: a trampoline, call_indirect to the primary's
//     cold function: a placeholder:             cold function: its code
//       load unless loaded, call_indirect       start: loaded = 1
//
// Imports come before functions among the indices, so that none can be added. Those that only cold functions call are of no use to the
// primary: each of them gives its place to `load`. What the secondary imports of the primary is named by a digest of the split: parts of
// two would ruin the memory they share.

import { createHash } from 'node:crypto';
import { constant, described, EMPTY_BLOCK, I32, KIND, MUTABLE, number, OPCODE, parsed, SECTION, written } from './binary.mjs';
import { calls, pointedTo } from './calls.mjs';

/** What the loader provides to the primary; pkg-config/src/wasm.ts says it too. */
const LOADER = { module: 'snowglobe:parts', name: 'load' };
const FUNCTION_TABLE = 0;

/** A body without locals. */
const body = (...code) => new Uint8Array([0, ...code, OPCODE.end]);
const UNREACHABLE = body(OPCODE.unreachable);

/** The code that hands a function's parameters to the function at `slot` of the table. */
function callThroughTable(type, parameters, slot) {
  const gets = Array.from({ length: parameters }, (_, n) => [OPCODE.localGet, ...number(n)]).flat();
  return [...gets, ...constant(slot), OPCODE.callIndirect, ...number(type), ...number(FUNCTION_TABLE)];
}

/** The index of the type without parameters and results, which is added if there is none. */
function emptyType(types) {
  const found = types.findIndex(({ parameters, results }) => parameters.length + results.length === 0);
  return found >= 0 ? found : types.push({ parameters: [], results: [] }) - 1;
}

/** The functions that the host reaches by exports, and code by pointer. */
function reachedFromOutside(module) {
  const exported = module.get(SECTION.export).filter(({ kind }) => kind === KIND.function);
  return new Set([...exported.map(({ index }) => index), ...pointedTo(module)]);
}

/** Slots at the end of the table for `functions`: a map from function to slot. */
const slotsFrom = (first, functions) => new Map(functions.map((index, n) => [index, first + n]));

/** An element segment that fills such slots. */
const segment = (slots) => ({ slot: slots.values().next().value ?? 0, functions: [...slots.keys()] });

/** Names a split: the module and how it was parted, on which the slots depend. */
function digest(bytes, hot) {
  const indices = [...hot].sort((a, b) => a - b);
  return createHash('sha256').update(bytes).update(indices.join()).digest('hex').slice(0, 16);
}

/** What both parts are made of. */
function plan(bytes, hot) {
  const module = parsed(bytes);
  const imported = module.get(SECTION.import).length;
  const isHot = (index) => hot.has(index);
  const calledFrom = { hot: new Set(), cold: new Set() };
  for (const [n, code] of module.get(SECTION.code).entries()) {
    for (const callee of calls(code)) calledFrom[isHot(imported + n) ? 'hot' : 'cold'].add(callee);
  }
  // Exports and pointers lead into the primary, whatever they lead to.
  const reached = reachedFromOutside(module);
  for (const callee of calledFrom.hot) reached.add(callee);
  const functions = module.get(SECTION.function).map((type, n) => ({ index: imported + n, type }));
  const toSecondary = functions.filter(({ index }) => reached.has(index) && !isHot(index));
  const toPrimary = functions.filter(({ index }) => calledFrom.cold.has(index) && isHot(index));
  const table = module.get(SECTION.table)[FUNCTION_TABLE];
  const indices = (list) => list.map(({ index }) => index);
  const trampolines = slotsFrom(table.minimum, indices(toPrimary));
  const placeholders = slotsFrom(table.minimum + trampolines.size, indices(toSecondary));
  const slots = table.minimum + trampolines.size + placeholders.size;
  const tables = module.get(SECTION.table).with(FUNCTION_TABLE, { ...table, minimum: slots, maximum: slots });
  return {
    module,
    digest: digest(bytes, hot),
    functions,
    isHot,
    isReached: (index) => reached.has(index),
    trampolines,
    placeholders,
    tables,
    empty: emptyType(module.get(SECTION.type)),
  };
}

/** A part's code: a function's own where `own` says so, one that calls through the table where there is a slot, else nothing. */
function code({ module, functions }, own, slots, prefix = []) {
  const types = module.get(SECTION.type);
  const bodies = module.get(SECTION.code);
  return functions.map(({ index, type }, n) => {
    if (own(index)) return bodies[n];
    const slot = slots.get(index);
    return slot === undefined ? UNREACHABLE : body(...prefix, ...callThroughTable(type, types[type].parameters.length, slot));
  });
}

/** Under which names the primary exports what the secondary imports. */
function shared({ module, digest, tables }) {
  const entry = (kind, what) => (of, index) => ({
    name: `${digest}:${what}${index}`,
    kind,
    index,
    description: described[what](of),
  });
  return [
    ...tables.map(entry(KIND.table, 'table')),
    ...module.get(SECTION.memory).map(entry(KIND.memory, 'memory')),
    ...globals(module).map(entry(KIND.global, 'global')),
  ];
}

/** The module's globals and one more: whether the secondary is there. */
const globals = (module) => [
  ...module.get(SECTION.global),
  { type: I32, mutable: MUTABLE, value: new Uint8Array([...constant(0), OPCODE.end]) },
];
const loaded = (module) => number(module.get(SECTION.global).length);

function primary(planned) {
  const { module, isHot, isReached, trampolines, placeholders, tables, empty } = planned;
  const imports = module.get(SECTION.import).map((entry, index) => (isReached(index) ? entry : { ...LOADER, type: empty }));
  const load = imports.findIndex(({ module: from }) => from === LOADER.module);
  if (load < 0) throw new Error('every import is called by hot functions: none can give its place to the loader');
  const ensureLoaded = [
    [OPCODE.globalGet, ...loaded(module), OPCODE.i32Eqz, OPCODE.if, EMPTY_BLOCK],
    [OPCODE.call, ...number(load), OPCODE.end],
  ].flat();
  return written(
    new Map(module)
      .set(SECTION.import, imports)
      .set(SECTION.table, tables)
      .set(SECTION.global, globals(module))
      .set(SECTION.export, [...module.get(SECTION.export), ...shared(planned)])
      .set(SECTION.element, [...module.get(SECTION.element), segment(trampolines)])
      .set(SECTION.code, code(planned, isHot, placeholders, ensureLoaded)),
  );
}

function secondary(planned) {
  const { module, functions, isHot, trampolines, placeholders, empty } = planned;
  const imports = module.get(SECTION.import);
  const ofPrimary = shared(planned).map(({ index, ...entry }) => ({ ...entry, module: LOADER.module }));
  const sayLoaded = body(...constant(1), OPCODE.globalSet, ...loaded(module));
  return written(
    new Map([
      [SECTION.type, module.get(SECTION.type)],
      [SECTION.import, [...imports, ...ofPrimary]],
      [SECTION.function, [...module.get(SECTION.function), empty]],
      [SECTION.start, Uint8Array.from(number(imports.length + functions.length))],
      [SECTION.element, [segment(placeholders)]],
      [SECTION.code, [...code(planned, (index) => !isHot(index), trampolines), sayLoaded]],
    ]),
  );
}

/**
 * Splits a module that has no start function. `hot` are the indices of the functions that the primary keeps.
 * @throws Error when the module has something that is not understood, or a part would not be valid
 */
export function split(bytes, hot) {
  const planned = plan(bytes, new Set(hot));
  const parts = { primary: primary(planned), secondary: secondary(planned) };
  for (const [part, content] of Object.entries(parts)) {
    if (!WebAssembly.validate(content)) throw new Error(`the ${part} module is not valid`);
  }
  return parts;
}
