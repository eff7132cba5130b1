// Which functions code reaches: those that a function's code names, and those that the table holds. A body that does not end where its
// code does is refused.

import { OPCODE, Reader, SECTION } from './binary.mjs';
import { skipImmediates, skipNumbers } from './instructions.mjs';

/** Instructions whose immediate is a function. */
const NAMING = new Set([OPCODE.call, OPCODE.returnCall, OPCODE.refFunc]);

/** Passes over the declarations of a body's locals; answers the reader, at the first instruction. */
export function atCode(body) {
  const reader = new Reader(body);
  reader.vector(() => skipNumbers(reader, 2));
  return reader;
}

/** The indices of the functions that a body calls or takes references of. */
export function calls(body) {
  const found = new Set();
  const reader = atCode(body);
  while (!reader.done) {
    const opcode = reader.byte();
    if (NAMING.has(opcode)) found.add(reader.number());
    else skipImmediates(reader, opcode);
  }
  if (reader.at !== body.length) throw new Error('a body ends in the middle of an instruction');
  return found;
}

/** The functions that a parsed module's table holds: code reaches them by pointer. */
export const pointedTo = (module) => module.get(SECTION.element).flatMap(({ functions }) => functions);
