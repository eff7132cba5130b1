// Writes flat bytes straight into the module's request area: tags, texts, numbers, collections. It knows the layout and nothing of
// attribute values' rules. What does not fit makes the area grow; what was written so far survives that.
import { Tag } from './layout.js';
import type { MemoryWindow } from './memory.js';
import { NamePlace, nameBytesMax } from './names.js';

/** Where a request is written: the engine, or a fake of it. */
export interface RequestArea {
  /** Where the area begins, and the first address after it; both zero before anybody has asked for any. */
  readonly base: number;
  readonly limit: number;
  /** Makes sure that `capacity` bytes are there; may grow the memory and may move the area. */
  requestBuffer(capacity: number): void;
}

/** A collection being written: the position of its tag. */
export type Opened = number;

/** Up to here a loop over characters beats the call that copies a string. */
const loopLengthMax = 40;
const powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;
const firstCapacity = 16 * 1024;
/** How many names a writer remembers; past that, new ones are written letter by letter. */
const namesMax = 1024;
const utf8 = new TextEncoder();

export class FlatWriter {
  protected bytes: Uint8Array<ArrayBuffer>;
  protected at = 0;
  private view: DataView<ArrayBuffer>;
  /** Names written before; requests of one kind have the same names in the same order, so the next one is usually the expected one. */
  private readonly names = new Map<string, NamePlace>();
  private lastName = new NamePlace('', new Uint8Array(0));
  private base = 0;
  private limit = 0;

  constructor(
    private readonly window: MemoryWindow,
    private readonly area: RequestArea,
  ) {
    this.bytes = window.bytes;
    this.view = window.view;
  }

  /** Starts over. */
  begin(): void {
    // Several writers share the area, and any of them may have made it move.
    this.base = this.area.base;
    this.limit = this.area.limit;
    if (this.limit === 0) this.take(firstCapacity);
    this.bytes = this.window.current();
    this.view = this.window.view;
    this.at = this.base;
  }

  /** How many bytes have been written since `begin`. */
  get length(): number {
    return this.at - this.base;
  }

  private take(capacity: number): void {
    this.area.requestBuffer(capacity);
    this.base = this.area.base;
    this.limit = this.area.limit;
  }

  /** Makes room for `count` more bytes. */
  protected reserve(count: number): void {
    if (this.at + count <= this.limit) return;
    const written = this.bytes.slice(this.base, this.at);
    this.take(Math.max((this.limit - this.base) * 2, written.length + count));
    this.bytes = this.window.current();
    this.view = this.window.view;
    this.bytes.set(written, this.base);
    this.at = this.base + written.length;
  }

  tag(tag: number): void {
    this.reserve(1);
    this.bytes[this.at++] = tag;
  }

  /** A LEB128 number; the caller has reserved five bytes. */
  private varint(value: number): void {
    while (value >= 0x80) {
      this.bytes[this.at++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.bytes[this.at++] = value;
  }

  /** A length and a name that is likely to come again. */
  name(name: string): void {
    let place = this.lastName.next;
    if (place.name !== name) {
      const known = this.names.get(name) ?? this.remember(name);
      if (known === undefined) {
        this.text(name);
        return;
      }
      place = known;
      this.lastName.next = place;
    }
    this.lastName = place;
    this.reserve(nameBytesMax + 8);
    const { view, at } = this;
    const length = place.bytes.length;
    view.setInt32(at, place.head, true);
    if (length > 3) {
      view.setInt32(at + 4, place.tail, true);
      for (let i = 7; i < length; i++) this.bytes[at + 1 + i] = place.bytes[i]!;
    }
    this.at = at + 1 + length;
  }

  private remember(name: string): NamePlace | undefined {
    if (name.length > nameBytesMax || this.names.size >= namesMax) return undefined;
    const bytes = utf8.encode(name);
    if (bytes.length > nameBytesMax) return undefined;
    const place = new NamePlace(name, bytes);
    this.names.set(name, place);
    return place;
  }

  /** A length and the text as UTF-8: a name, a set's member. */
  text(text: string): void {
    const length = text.length;
    this.reserve(length * 3 + 5);
    if (length <= loopLengthMax) {
      const bytes = this.bytes;
      const start = this.at + 1;
      let i = 0;
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 0x7f) break;
        bytes[start + i] = code;
      }
      if (i === length) {
        bytes[this.at] = length;
        this.at = start + length;
        return;
      }
    }
    this.longText(text);
  }

  /** The length goes before the text and is known after it, so its size is guessed and the text moved when the guess was short. */
  private longText(text: string): void {
    const guess = varintSize(text.length);
    const start = this.at + guess;
    const written = this.window.writeText(text, start);
    const size = varintSize(written);
    if (size !== guess) this.bytes.copyWithin(this.at + size, start, start + written);
    this.varint(written);
    this.at += written;
  }

  /** A length and the bytes. */
  blob(blob: Uint8Array): void {
    this.reserve(blob.length + 5);
    this.varint(blob.length);
    this.bytes.set(blob, this.at);
    this.at += blob.length;
  }

  string(text: string): void {
    this.tag(Tag.S);
    this.text(text);
  }

  /** N in the shortest decimal text that reads back as `value`. NaN and infinities go as their names, for the engine to refuse. */
  number(value: number): void {
    this.tag(Tag.N);
    this.numberText(value);
  }

  /** The text of a number, as a member of a set or behind a tag. */
  numberText(value: number): void {
    this.reserve(24);
    const start = this.at + 1;
    let end = 0;
    if ((value | 0) === value) end = this.integer(value, start);
    else if (Math.floor(value) === value) end = this.longInteger(value, start);
    else end = this.decimal(value, start);
    if (end === 0) {
      this.text(String(value));
      return;
    }
    this.bytes[this.at] = end - start;
    this.at = end;
  }

  /** Digits of a 32-bit integer, written at `at`; returns where they end. */
  private integer(value: number, at: number): number {
    if (value < 0) {
      this.bytes[at++] = 0x2d;
      value = -value;
    }
    if (value < 10) {
      this.bytes[at] = 0x30 + value;
      return at + 1;
    }
    let size = 2;
    for (let above = 100; size < 10 && value >= above; above *= 10) size++;
    return this.digits(value, at, size);
  }

  /** The last `size` digits of a number below 2^32. */
  private digits(value: number, at: number, size: number): number {
    const bytes = this.bytes;
    for (let i = at + size - 1; i >= at; i--) {
      const tens = (value / 10) >>> 0;
      bytes[i] = 0x30 + (value - tens * 10);
      value = tens;
    }
    return at + size;
  }

  /** An integer of up to 15 digits; returns 0, having written nothing that counts, for a longer one. */
  private longInteger(value: number, at: number): number {
    let size = value;
    if (value < 0) {
      this.bytes[at++] = 0x2d;
      size = -value;
    }
    if (!(size < 1e15)) return 0;
    const high = Math.floor(size / 1e8);
    const end = this.integer(high, at);
    return this.digits(size - high * 1e8, high === 0 ? at : end, 8);
  }

  /**
   * A fraction of at most six decimals, without asking for its shortest text; returns 0 for any other. Both the scaled integer
   * and the power of ten are exact, so where their quotient is the value again, its decimal reads back as the value, and of
   * texts of at most 15 digits only one does.
   */
  private decimal(value: number, at: number): number {
    const size = Math.abs(value);
    if (!(size < 1e8)) return 0;
    for (let places = 1; places < powersOfTen.length; places++) {
      const power = powersOfTen[places]!;
      const scaled = size * power;
      if (scaled !== Math.floor(scaled) || scaled / power !== size) continue;
      if (scaled % 10 === 0) return 0;
      if (value < 0) this.bytes[at++] = 0x2d;
      const whole = Math.floor(size);
      const point = this.integer(whole, at);
      this.bytes[point] = 0x2e;
      return this.digits(scaled - whole * power, point + 1, places);
    }
    return 0;
  }

  /** Opens a collection; `close` tells it how many elements it got. */
  open(tag: number): Opened {
    this.reserve(10);
    const opened = this.at - this.base;
    this.bytes[this.at] = tag;
    this.at += 6;
    return opened;
  }

  /** Fills in a collection's length and count. One byte was left for the count; from 128 on everything behind it moves. */
  close(opened: Opened, count: number): void {
    if (count >= 0x80) this.widenCount(opened, count);
    const bytes = this.bytes;
    const start = this.base + opened + 1;
    const length = this.at - start - 4;
    bytes[start] = length;
    bytes[start + 1] = length >>> 8;
    bytes[start + 2] = length >>> 16;
    bytes[start + 3] = length >>> 24;
    if (count < 0x80) bytes[start + 4] = count;
  }

  private widenCount(opened: Opened, count: number): void {
    const more = varintSize(count) - 1;
    this.reserve(more);
    const at = this.base + opened + 5;
    this.bytes.copyWithin(at + 1 + more, at + 1, this.at);
    const end = this.at + more;
    this.at = at;
    this.varint(count);
    this.at = end;
  }

  /** Where the next byte goes, to come back to with `rewind`. */
  mark(): Opened {
    return this.at - this.base;
  }

  /** Forgets everything written since `mark`. */
  rewind(mark: Opened): void {
    this.at = this.base + mark;
  }
}

function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}
