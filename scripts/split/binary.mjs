// A wasm module's sections, read and written (WebAssembly Core Specification, "Binary Format"). Only what a split needs is understood;
// every other section passes through as it is.

import { skipImmediates } from './instructions.mjs';

/** Section ids, in the order in which a module has them. `dataCount` is between elements and code. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
};

export const KIND = { function: 0, table: 1, memory: 2, global: 3 };

export const OPCODE = {
  unreachable: 0x00,
  if: 0x04,
  end: 0x0b,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  localGet: 0x20,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Eqz: 0x45,
  refFunc: 0xd2,
};

export const I32 = 0x7f;
export const MUTABLE = 1;
/** The type of a block without results. */
export const EMPTY_BLOCK = 0x40;

const PREAMBLE = 8;
const FUNCTION_TYPE = 0x60;
/** The kind of an element segment that fills slots of the first table when the module is instantiated. */
const ACTIVE = 0;

/** A position in a module that moves on as it is read. */
export class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done() {
    return this.at >= this.end;
  }

  byte() {
    if (this.done) throw new Error(`the module ends early, at ${this.at}`);
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number of up to 32 bits. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** Passes over a LEB128 number of any sign and width. */
  skipNumber() {
    while (this.byte() >= 0x80);
  }

  skip(count) {
    this.at += count;
  }

  take(count) {
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.skip(count);
    return taken;
  }

  name() {
    return new TextDecoder().decode(this.take(this.number()));
  }

  /** What `read` makes of each of a vector's elements. */
  vector(read) {
    return Array.from({ length: this.number() }, (_, index) => read(index));
  }
}

/** The bytes of an unsigned LEB128 number. */
export function number(value) {
  const bytes = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** The bytes of `i32.const value`, a value that is not negative. Its LEB128 is signed: bit 6 of the last byte must be clear. */
export function constant(value) {
  const bytes = number(value);
  const last = bytes.length - 1;
  if (bytes[last] & 0x40) {
    bytes[last] |= 0x80;
    bytes.push(0);
  }
  return [OPCODE.i32Const, ...bytes];
}

export function name(text) {
  const bytes = new TextEncoder().encode(text);
  return [...number(bytes.length), ...bytes];
}

/** The parts of a vector whose elements are written already, each an array of bytes: for `joined`. */
export function vector(elements) {
  return [number(elements.length), ...elements];
}

/** Arrays of bytes put end to end. */
export function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function limits(reader) {
  const flags = reader.byte();
  const minimum = reader.number();
  return { minimum, maximum: flags & 1 ? reader.number() : undefined };
}

const writtenLimits = ({ minimum, maximum }) =>
  maximum === undefined ? [0, ...number(minimum)] : [1, ...number(minimum), ...number(maximum)];

/** What stands for a table, a memory or a global where it is defined and where it is imported. */
export const described = {
  table: ({ element, ...rest }) => [element, ...writtenLimits(rest)],
  memory: writtenLimits,
  global: ({ type, mutable }) => [type, mutable],
};

/** Passes over a constant expression. */
function skipConstantExpression(reader) {
  for (let opcode = reader.byte(); opcode !== OPCODE.end; opcode = reader.byte()) skipImmediates(reader, opcode);
}

const READERS = {
  [SECTION.type]: (reader) =>
    reader.vector(() => {
      if (reader.byte() !== FUNCTION_TYPE) throw new Error('only types of functions are understood');
      return { parameters: reader.take(reader.number()), results: reader.take(reader.number()) };
    }),
  [SECTION.import]: (reader) =>
    reader.vector(() => {
      const imported = { module: reader.name(), name: reader.name() };
      if (reader.byte() !== KIND.function) throw new Error('only functions are expected among the imports');
      return { ...imported, type: reader.number() };
    }),
  [SECTION.function]: (reader) => reader.vector(() => reader.number()),
  [SECTION.table]: (reader) => reader.vector(() => ({ element: reader.byte(), ...limits(reader) })),
  [SECTION.memory]: (reader) => reader.vector(() => limits(reader)),
  [SECTION.global]: (reader) =>
    reader.vector(() => {
      const global = { type: reader.byte(), mutable: reader.byte() };
      const from = reader.at;
      skipConstantExpression(reader);
      return { ...global, value: reader.bytes.subarray(from, reader.at) };
    }),
  [SECTION.export]: (reader) => reader.vector(() => ({ name: reader.name(), kind: reader.byte(), index: reader.number() })),
  [SECTION.element]: (reader) =>
    reader.vector(() => {
      if (reader.byte() !== ACTIVE || reader.byte() !== OPCODE.i32Const) {
        throw new Error('only element segments at constant slots of the first table are understood');
      }
      const slot = reader.number();
      reader.skip(1);
      return { slot, functions: reader.vector(() => reader.number()) };
    }),
  [SECTION.code]: (reader) => reader.vector(() => reader.take(reader.number())),
};

const WRITERS = {
  [SECTION.type]: (types) =>
    types.map(({ parameters, results }) => [
      FUNCTION_TYPE,
      ...number(parameters.length),
      ...parameters,
      ...number(results.length),
      ...results,
    ]),
  [SECTION.import]: (imports) =>
    imports.map(({ module, name: field, kind = KIND.function, type, description = number(type) }) => [
      ...name(module),
      ...name(field),
      kind,
      ...description,
    ]),
  [SECTION.function]: (types) => types.map(number),
  [SECTION.table]: (tables) => tables.map(described.table),
  [SECTION.memory]: (memories) => memories.map(described.memory),
  [SECTION.global]: (globals) => globals.map((global) => [...described.global(global), ...global.value]),
  [SECTION.export]: (exports) => exports.map(({ name: text, kind, index }) => [...name(text), kind, ...number(index)]),
  [SECTION.element]: (segments) =>
    segments.map(({ slot, functions }) => joined([[ACTIVE], constant(slot), [OPCODE.end], ...vector(functions.map(number))])),
  [SECTION.code]: (bodies) => bodies.map((body) => joined([number(body.length), body])),
};

/**
 * A module as a map from section id to content: lists of what the sections have for those that are understood, bytes for the others.
 * Custom sections (names, producers) are left out.
 */
export function parsed(bytes) {
  const sections = new Map();
  const reader = new Reader(bytes, PREAMBLE);
  while (!reader.done) {
    const id = reader.byte();
    const content = reader.take(reader.number());
    if (id !== SECTION.custom) sections.set(id, READERS[id]?.(new Reader(content)) ?? content);
  }
  return sections;
}

const ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, SECTION.dataCount, SECTION.code, SECTION.data];

/** The bytes of a module; sections that are absent or empty lists are left out. */
export function written(sections) {
  const parts = [new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])];
  for (const id of ORDER) {
    const content = sections.get(id);
    if (content === undefined || (Array.isArray(content) && content.length === 0)) continue;
    const bytes = content instanceof Uint8Array ? content : joined(vector(WRITERS[id](content)));
    parts.push([id], number(bytes.length), bytes);
  }
  return joined(parts);
}
