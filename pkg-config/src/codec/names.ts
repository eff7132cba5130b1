// Names that were decoded before, by place. Items of one table have the same attributes in the same order, so the name expected
// next is compared with the bytes, and only a surprise costs a search or a new string. Bounded: a place remembers so many names
// and all places together so many; past that, names are decoded afresh.

import type { RecordReader } from './record-reader.js';

/** A word that matches nothing: the mask takes everything away and the word is not zero. */
const nothing = { word: 1, mask: 0 };
const insideMax = 128;
const placesMax = 4096;
/** Longer names are decoded each time; their length would not fit the one byte that is compared. */
export const nameBytesMax = 127;

/** A name at its place: the names that were seen inside its value, and the one that followed it last time. */
export class NamePlace {
  /** The name expected after this one. */
  next: NamePlace = nowhere;
  /** The name expected first inside this one's value. */
  first: NamePlace = nowhere;
  readonly inside: NamePlace[] = [];
  /** Reads maps with the names that follow one another from `first`. */
  reader: RecordReader | undefined = undefined;
  /** Maps in a row that had the names expected. */
  alike = 0;
  /** Readers that met another shape here, or could not be made. */
  misses = 0;

  /** The length and the first bytes as they stand in a response, in two little-endian words, with masks for shorter names. */
  readonly head: number;
  readonly headMask: number;
  readonly tail: number;
  readonly tailMask: number;

  constructor(
    readonly name: string,
    readonly bytes: Uint8Array,
  ) {
    const isShort = bytes.length <= nameBytesMax;
    this.head = isShort ? (word(bytes, 0, 3) << 8) | bytes.length : nothing.word;
    this.headMask = isShort ? (mask(bytes.length, 3) << 8) | 0xff : nothing.mask;
    this.tail = word(bytes, 3, 4);
    this.tailMask = mask(bytes.length - 3, 4);
  }
}

/** Up to `count` bytes from `from` on as a little-endian signed word; bytes that are not there are zero. */
function word(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = (value << 8) | (bytes[from + i] ?? 0);
  return value;
}

/** The mask of a word of at most `max` bytes of which `there` are there. */
function mask(there: number, max: number): number {
  const bits = Math.min(Math.max(there, 0), max) * 8;
  return bits === 32 ? -1 : (1 << bits) - 1;
}

const nowhere: NamePlace = Object.create(NamePlace.prototype, {
  bytes: { value: new Uint8Array(0) },
  head: { value: nothing.word },
  headMask: { value: nothing.mask },
}) as NamePlace;

/** All places of one decoder. */
export class NameTable {
  root = new NamePlace('', new Uint8Array(0));
  private count = 0;

  /** Forgets everything once the table is full. Asked before a response is decoded, never during. */
  prune(): void {
    if (this.count < placesMax) return;
    this.root = new NamePlace('', new Uint8Array(0));
    this.count = 0;
  }

  /** The name at `from`, inside `place`, if it was seen there before. */
  find(place: NamePlace, bytes: Uint8Array, from: number, length: number): NamePlace | undefined {
    const inside = place.inside;
    for (let i = 0; i < inside.length; i++) {
      const candidate = inside[i]!;
      if (candidate.bytes.length === length && sameBytes(candidate.bytes, bytes, from)) return candidate;
    }
    return undefined;
  }

  /** A place for a name seen first here; not remembered where that would exceed a bound. */
  add(place: NamePlace, name: string, bytes: Uint8Array): NamePlace {
    const added = new NamePlace(name, bytes);
    const fits = bytes.length <= nameBytesMax && place.inside.length < insideMax && this.count < placesMax;
    if (fits) {
      place.inside.push(added);
      this.count++;
    }
    return added;
  }
}

/** Whether `name` stands at `from`. */
export function sameBytes(name: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== bytes[from + i]) return false;
  }
  return true;
}
