// Readers made for one shape of map. Items of one table mostly have the same attributes in the same order; an object literal with
// those names makes such an object in one go, where assigning member by member grows it step by step through V8's slowest kind of
// store. Literals are code, so a reader is made by evaluating one: on Node, Bun and Deno, and nowhere else. A page's content security
// policy would report the attempt, and Workers forbid it. There, and where Node itself was told to refuse, maps are read member by member.
// The protobuf and MessagePack libraries have long done the same.

import type { NamePlace } from './names.js';

/** What a reader reads from: a decoder that stands before a map's count. */
export interface RecordSource {
  /** Reads how many members there are. */
  count(): number;
  /** Reads `expected` if that name stands here. */
  follows(expected: NamePlace): boolean;
  /** Reads the value of a name. */
  value(name: NamePlace): unknown;
}

/** Reads a map of one shape; undefined, having read a part of it, when the map has another. */
export type RecordReader = (source: RecordSource) => Record<string, unknown> | undefined;

/** Maps of one shape in a row, at one place, before a reader is made for it: what it costs is then worth it. */
const alikeMin = 8;
/** A longer literal is no faster. */
const namesMax = 64;
/** Readers a decoder makes. */
const readersMax = 256;

const evaluates = ((): boolean => {
  const versions = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions;
  return versions?.node !== undefined;
})();

/** The readers of one decoder: when to make one, and when to let one go. */
export class RecordReaders {
  private left: number;

  /** `repeatable`: whether a value may be read again, which a reader that misses has the decoder do. */
  constructor(repeatable: boolean) {
    this.left = evaluates && repeatable ? readersMax : 0;
  }

  /** Told that a map inside `place` was read member by member: whether its names were those expected, and how many. */
  learn(place: NamePlace, asExpected: boolean, count: number): void {
    place.alike = asExpected ? place.alike + 1 : 0;
    if (place.alike < alikeMin << place.misses || this.left === 0 || count > namesMax) return;
    place.alike = 0;
    place.reader = this.make(place, count);
    if (place.reader === undefined) this.missed(place);
    else this.left--;
  }

  /** Lets go of a reader whose shape was not met, or could not be had; the next try at this place has to wait twice as long. */
  missed(place: NamePlace): void {
    place.reader = undefined;
    place.misses = Math.min(place.misses + 1, 20);
  }

  private make(place: NamePlace, count: number): RecordReader | undefined {
    const names: NamePlace[] = [];
    for (let name = place.first; names.length < count; name = name.next) names.push(name);
    // In a literal it would be the object's prototype.
    if (names.some(({ name }) => name === '__proto__')) return undefined;
    try {
      return new Function(...names.map((_, i) => `name${i}`), source(names))(...names) as RecordReader;
    } catch {
      this.left = 0;
      return undefined;
    }
  }
}

/** The code of a function that gives the reader. Names get into it as JSON strings, which are string literals. */
function source(names: NamePlace[]): string {
  const reads = names.map((_, i) => `if (!source.follows(name${i})) return; const value${i} = source.value(name${i});`);
  const members = names.map(({ name }, i) => `${JSON.stringify(name)}: value${i}`);
  return `return (source) => {
    if (source.count() !== ${names.length}) return;
    ${reads.join('\n    ')}
    return { ${members.join(', ')} };
  };`;
}
