// How long an instruction is: to find one, every instruction before it must be passed over (WebAssembly Core Specification,
// "Instructions"). An opcode that is not known is refused.

const MEMORY_IN_FLAGS = 0x40;

/** Alignment and offset, and the memory where a bit of the alignment says so. */
function skipMemoryArgument(reader) {
  const flags = reader.number();
  if (flags & MEMORY_IN_FLAGS) reader.skipNumber();
  reader.skipNumber();
}

/** Passes over `count` LEB128 numbers. */
export function skipNumbers(reader, count) {
  for (let n = 0; n < count; n += 1) reader.skipNumber();
}

/** The immediates of the instructions behind 0xfc: saturating conversions, then bulk memory and tables. */
function skipMiscellaneous(reader) {
  const opcode = reader.number();
  if (opcode <= 7) return;
  const immediates = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1][opcode - 8];
  if (immediates === undefined) throw new Error(`opcode 0xfc ${opcode} is not understood`);
  skipNumbers(reader, immediates);
}

/** The immediates of the instructions behind 0xfd: vectors. */
function skipVector(reader) {
  const opcode = reader.number();
  if (opcode <= 11 || opcode === 92 || opcode === 93) skipMemoryArgument(reader);
  else if (opcode === 12 || opcode === 13) reader.skip(16);
  else if (opcode >= 21 && opcode <= 34) reader.skip(1);
  else if (opcode >= 84 && opcode <= 91) {
    skipMemoryArgument(reader);
    reader.skip(1);
  }
}

/** Passes over the immediates of an instruction whose opcode has been read. Those that have none are not listed. */
export function skipImmediates(reader, opcode) {
  if (opcode >= 0x28 && opcode <= 0x3e) skipMemoryArgument(reader);
  else if (opcode >= 0x20 && opcode <= 0x26) reader.skipNumber();
  else {
    switch (opcode) {
      case 0x02: // block
      case 0x03: // loop
      case 0x04: // if
      case 0x0c: // br
      case 0x0d: // br_if
      case 0x10: // call
      case 0x12: // return_call
      case 0x3f: // memory.size
      case 0x40: // memory.grow
      case 0x41: // i32.const
      case 0x42: // i64.const
      case 0xd0: // ref.null
      case 0xd2: // ref.func
        reader.skipNumber();
        break;
      case 0x0e: // br_table
        skipNumbers(reader, reader.number() + 1);
        break;
      case 0x11: // call_indirect
      case 0x13: // return_call_indirect
        skipNumbers(reader, 2);
        break;
      case 0x1c: // select with types
        skipNumbers(reader, reader.number());
        break;
      case 0x43: // f32.const
        reader.skip(4);
        break;
      case 0x44: // f64.const
        reader.skip(8);
        break;
      case 0xfc:
        skipMiscellaneous(reader);
        break;
      case 0xfd:
        skipVector(reader);
        break;
      default:
        if (opcode > 0xd2 || (opcode > 0xc4 && opcode < 0xd0) || (opcode > 0x05 && opcode < 0x0b)) {
          throw new Error(`opcode ${opcode} is not understood`);
        }
    }
  }
}
