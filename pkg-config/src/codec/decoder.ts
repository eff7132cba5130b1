// Flat bytes read into JavaScript values, straight out of wasm memory: the way out, for the document client (native values) and for
// the operations in DynamoDB JSON. The bytes are the module's own, so they are not checked again. Nothing here keeps a
// reference to the memory in what it returns.
import { DocumentSet, type DocumentSetType } from './document-set.js';
import { Tag } from './layout.js';
import type { MemoryWindow } from './memory.js';
import { type NamePlace, NameTable, sameBytes } from './names.js';
import { NumberValue } from './number-value.js';
import type { UnmarshallOptions } from './options.js';
import { RecordReaders, type RecordSource } from './record-reader.js';
import { shortText, shortTextMax } from './short-text.js';

type Members = Record<string, unknown>;

const powersOfTen = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));

/** How the attribute values of a response are given. */
export type ValueForm = 'native' | 'json';

export class Decoder implements RecordSource {
  private bytes: Uint8Array<ArrayBuffer>;
  private view: DataView<ArrayBuffer>;
  /** From here on eight bytes are no longer there to be read at once. */
  private wordsEnd = 0;
  private at = 0;
  private readonly names = new NameTable();
  private readonly readers: RecordReaders;
  private readonly native: boolean;
  private readonly wrapNumbers: UnmarshallOptions['wrapNumbers'];
  private readonly wrapSets: boolean;

  constructor(
    private readonly window: MemoryWindow,
    form: ValueForm,
    options: UnmarshallOptions = {},
  ) {
    this.bytes = window.bytes;
    this.view = window.view;
    this.native = form === 'native';
    this.wrapNumbers = options.wrapNumbers === false ? undefined : options.wrapNumbers;
    this.wrapSets = options.wrapSets === true;
    this.readers = new RecordReaders(!this.runsForeignCode);
  }

  /** Whether reading may run a caller's code, which may call the engine again and so move the response away. */
  get runsForeignCode(): boolean {
    return typeof this.wrapNumbers === 'function';
  }

  /** Reads a response tree at `address` and puts its members into `into`. */
  decode<Into extends object>(address: number, into: Into): Into {
    this.names.prune();
    this.look();
    this.at = address + 1;
    this.members(into as Members, this.names.root, false);
    return into;
  }

  /** Reads a tree in which no attribute values are expected, or single ones, as it comes. */
  decodeTree(address: number): unknown {
    this.look();
    this.at = address;
    return this.tree(this.names.root);
  }

  /** Takes up the memory as it is now. */
  private look(): void {
    this.bytes = this.window.current();
    this.view = this.window.view;
    this.wordsEnd = this.bytes.length - 8;
  }

  private varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      byte = bytes[this.at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw malformed(byte);
  }

  /** Skips a collection's byte length and reads its count. */
  count(): number {
    this.at += 4;
    return this.varint();
  }

  private text(): string {
    const length = this.varint();
    const from = this.at;
    this.at = from + length;
    if (length <= shortTextMax) {
      const text = shortText(this.bytes, from, length);
      if (text !== undefined) return text;
    }
    return this.window.readText(from, from + length);
  }

  private blob(): Uint8Array<ArrayBuffer> {
    const length = this.varint();
    const from = this.at;
    this.at = from + length;
    return this.bytes.slice(from, this.at);
  }

  /** Reads a name: the one expected, one known at this place, or a new one. */
  private name(place: NamePlace, expected: NamePlace): NamePlace {
    return this.follows(expected) ? expected : this.unexpectedName(place);
  }

  /** Reads the name expected, if it stands here. */
  follows(expected: NamePlace): boolean {
    const at = this.at;
    const view = this.view;
    if (at >= this.wordsEnd || (view.getInt32(at, true) & expected.headMask) !== expected.head) return false;
    const bytes = expected.bytes;
    const length = bytes.length;
    if (length > 3 && (view.getInt32(at + 4, true) & expected.tailMask) !== expected.tail) return false;
    if (length > 7 && !sameBytes(bytes, this.bytes, at + 1)) return false;
    this.at = at + 1 + length;
    return true;
  }

  private unexpectedName(place: NamePlace): NamePlace {
    const start = this.at;
    const length = this.varint();
    const from = this.at;
    const known = this.names.find(place, this.bytes, from, length);
    if (known !== undefined) {
      this.at = from + length;
      return known;
    }
    this.at = start;
    return this.names.add(place, this.text(), this.bytes.slice(from, from + length));
  }

  /** Reads a map's entries into `into`: attribute values when `values` is true, else parts of a tree. */
  private members(into: Members, place: NamePlace, values: boolean): void {
    const count = this.count();
    let previous: NamePlace | undefined;
    let expected = place.first;
    let asExpected = true;
    for (let i = 0; i < count; i++) {
      const entry = this.name(place, expected);
      if (entry !== expected) {
        asExpected = false;
        if (previous === undefined) place.first = entry;
        else previous.next = entry;
      }
      const value = values ? this.value(entry) : this.tree(entry);
      if (entry.name === '__proto__') define(into, entry.name, value);
      else into[entry.name] = value;
      previous = entry;
      expected = entry.next;
    }
    if (values) this.readers.learn(place, asExpected, count);
  }

  /** Reads a map of attribute values. */
  private map(place: NamePlace): Members {
    const { reader } = place;
    if (reader !== undefined) {
      const start = this.at;
      const record = reader(this);
      if (record !== undefined) return record;
      this.at = start;
      this.readers.missed(place);
    }
    const map: Members = {};
    this.members(map, place, true);
    return map;
  }

  /** A part of a response that is not an attribute value. */
  private tree(place: NamePlace): unknown {
    const tag = this.bytes[this.at++];
    switch (tag) {
      case Tag.S:
        return this.text();
      case Tag.N:
        return this.plainNumber();
      case Tag.True:
        return true;
      case Tag.False:
        return false;
      case Tag.Null:
        return null;
      case Tag.M: {
        const structure: Members = {};
        this.members(structure, place, false);
        return structure;
      }
      case Tag.L: {
        const count = this.count();
        const list: unknown[] = [];
        for (let i = 0; i < count; i++) list.push(this.tree(place));
        return list;
      }
      case Tag.Attributes:
        return this.attributes(place);
      case Tag.Attribute:
        return this.native ? this.value(place) : this.json(place);
      case Tag.Time:
        return new Date(Math.round(Number(this.text()) * 1000));
      case Tag.B:
        return this.blob();
      default:
        throw malformed(tag);
    }
  }

  private attributes(place: NamePlace): Members {
    if (this.native) return this.map(place);
    const item: Members = {};
    this.jsonMembers(item, place);
    return item;
  }

  /** A native value. */
  value(place: NamePlace): unknown {
    const tag = this.bytes[this.at++];
    switch (tag) {
      case Tag.S:
        return this.text();
      case Tag.N:
        return this.wrapNumbers === undefined ? this.number() : this.wrappedNumber();
      case Tag.M:
        return this.map(place);
      case Tag.L: {
        const count = this.count();
        const list: unknown[] = [];
        for (let i = 0; i < count; i++) list.push(this.value(place));
        return list;
      }
      case Tag.True:
        return true;
      case Tag.False:
        return false;
      case Tag.Null:
        return null;
      case Tag.B:
        return this.blob();
      case Tag.Ss:
        return this.set('String');
      case Tag.Ns:
        return this.set('Number');
      case Tag.Bs:
        return this.set('Binary');
      default:
        throw malformed(tag);
    }
  }

  private set(type: DocumentSetType): unknown {
    const count = this.count();
    const members: unknown[] = [];
    for (let i = 0; i < count; i++) {
      if (type === 'String') members.push(this.text());
      else if (type === 'Binary') members.push(this.blob());
      else members.push(this.wrapNumbers === undefined ? this.number() : this.wrappedNumber());
    }
    return this.wrapSets ? new DocumentSet(members) : new Set(members);
  }

  /** A number of a structure: always a JavaScript number. */
  private plainNumber(): number {
    const number = this.fastNumber();
    return number === undefined ? Number(this.text()) : number;
  }

  /** A number as the AWS client gives it: a number, or a bigint past what a number holds exactly. */
  private number(): number | bigint {
    const number = this.fastNumber();
    return number === undefined ? nativeNumber(this.text()) : number;
  }

  private wrappedNumber(): unknown {
    const text = this.text();
    if (typeof this.wrapNumbers === 'function') return this.wrapNumbers(text);
    return this.wrapNumbers === true ? NumberValue.from(text) : nativeNumber(text);
  }

  /**
   * Reads a number of at most 15 digits without making a string of it; otherwise reads nothing. The digits and the power of ten
   * are exact in a double, so one division rounds as reading the whole text would.
   */
  private fastNumber(): number | undefined {
    const bytes = this.bytes;
    const length = bytes[this.at]!;
    if (length > 17) return undefined;
    let i = this.at + 1;
    const end = i + length;
    const negative = bytes[i] === 0x2d;
    if (negative) i++;
    let digits = 0;
    let read = 0;
    let point = -1;
    for (; i < end; i++) {
      const digit = bytes[i]! - 0x30;
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        read++;
      } else if (digit === -2 && point < 0) point = read;
      else return undefined;
    }
    if (read > 15 || read === 0) return undefined;
    this.at = end;
    if (point >= 0) digits /= powersOfTen[read - point]!;
    return negative ? -digits : digits;
  }

  /** An attribute value in DynamoDB JSON. */
  private json(place: NamePlace): Members {
    const tag = this.bytes[this.at++];
    switch (tag) {
      case Tag.S:
        return { S: this.text() };
      case Tag.N:
        return { N: this.text() };
      case Tag.B:
        return { B: this.blob() };
      case Tag.True:
        return { BOOL: true };
      case Tag.False:
        return { BOOL: false };
      case Tag.Null:
        return { NULL: true };
      case Tag.M: {
        const map: Members = {};
        this.jsonMembers(map, place);
        return { M: map };
      }
      case Tag.L: {
        const count = this.count();
        const list: unknown[] = [];
        for (let i = 0; i < count; i++) list.push(this.json(place));
        return { L: list };
      }
      case Tag.Ss:
        return { SS: this.texts() };
      case Tag.Ns:
        return { NS: this.texts() };
      case Tag.Bs: {
        const count = this.count();
        return { BS: Array.from({ length: count }, () => this.blob()) };
      }
      default:
        throw malformed(tag);
    }
  }

  private jsonMembers(into: Members, place: NamePlace): void {
    const count = this.count();
    for (let i = 0; i < count; i++) {
      const entry = this.unexpectedName(place);
      const value = this.json(entry);
      if (entry.name === '__proto__') define(into, entry.name, value);
      else into[entry.name] = value;
    }
  }

  private texts(): string[] {
    const count = this.count();
    return Array.from({ length: count }, () => this.text());
  }
}

/** The text of a number as a native value, with the AWS client's words for what has none. */
function nativeNumber(text: string): number | bigint {
  const number = Number(text);
  const isExact = number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
  if (isExact || !Number.isFinite(number)) return number;
  try {
    return BigInt(text);
  } catch {
    throw new Error(`${text} can't be converted to BigInt. Set options.wrapNumbers to get string value.`);
  }
}

/** Sets a member whose name means something else to an assignment. */
function define(into: Members, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true });
}

function malformed(tag: number | undefined): Error {
  return new Error(`The engine answered with bytes that are not a value (tag ${tag}). This is a bug in snowglobe.`);
}
