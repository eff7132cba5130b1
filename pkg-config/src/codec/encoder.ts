// Native values and requests, written as flat bytes: the document client's way in. It follows the AWS document client's rules for
// what may be stored and its texts for what may not, and takes what that client gets wrong (binaries other than Uint8Array,
// maps at the top, the version 2 sets). A request that throws half-way has sent nothing.
import { type BlobLike, binaryBytes, isBlob } from './binary.js';
import { DocumentSet } from './document-set.js';
import { Tag } from './layout.js';
import type { MemoryWindow } from './memory.js';
import { wrappedNumber } from './number-value.js';
import type { MarshallOptions } from './options.js';
import type { Content, Shape } from './shapes.js';
import { FlatWriter, type RequestArea } from './writer.js';

const undefinedText = 'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.';
const emptySetText = 'Pass a non-empty set, or options.convertEmptyValues=true.';
const setMembersText = 'Only Number Set (NS), Binary Set (BS) or String Set (SS) are allowed.';
const objectPrototype = Object.prototype;

/** Writes a request whose attribute values are native values. */
export class DocumentEncoder extends FlatWriter {
  private readonly convertEmptyValues: boolean;
  private readonly removeUndefinedValues: boolean;
  private readonly convertClassInstanceToMap: boolean;
  private readonly allowImpreciseNumbers: boolean;
  /** Blobs met so far, with their bytes once these have been read. */
  private readonly blobs = new WeakMap<BlobLike, Uint8Array>();
  private unread: BlobLike[] | undefined;

  constructor(window: MemoryWindow, area: RequestArea, options: MarshallOptions = {}) {
    super(window, area);
    this.convertEmptyValues = options.convertEmptyValues === true;
    this.removeUndefinedValues = options.removeUndefinedValues === true;
    this.convertClassInstanceToMap = options.convertClassInstanceToMap === true;
    this.allowImpreciseNumbers = options.allowImpreciseNumbers === true;
  }

  /**
   * Writes a request and returns its length, or 0 when a Blob in it must be read first: then wait for {@link readBlobs} and
   * encode again.
   */
  encode(request: unknown, shape: Shape): number {
    this.begin();
    this.unread = undefined;
    this.structure(request ?? {}, shape);
    return this.unread === undefined ? this.length : 0;
  }

  /** Reads the blobs that the last `encode` met. */
  async readBlobs(): Promise<void> {
    for (const blob of this.unread ?? []) this.blobs.set(blob, new Uint8Array(await blob.arrayBuffer()));
  }

  /** Writes a value as plain structure, whatever its place would hold. */
  protected plain(value: unknown): void {
    this.structure(value, undefined);
  }

  /** Writes a part of the request that is not an attribute value, by its JavaScript type. */
  private structure(value: unknown, shape: Shape | undefined): void {
    switch (typeof value) {
      case 'string':
        this.string(value);
        return;
      case 'number':
        this.number(value);
        return;
      case 'boolean':
        this.tag(value ? Tag.True : Tag.False);
        return;
      case 'bigint':
        this.tag(Tag.N);
        this.text(value.toString());
        return;
      case 'object':
        if (value === null) this.tag(Tag.Null);
        else if (Array.isArray(value)) this.list(value, shape);
        else this.members(value as Record<string, unknown>, shape);
        return;
      case 'undefined':
      case 'function':
      case 'symbol':
        this.tag(Tag.Null);
    }
  }

  private list(list: unknown[], shape: Shape | undefined): void {
    const opened = this.open(Tag.L);
    let count = 0;
    for (const element of list) {
      if (element == null || typeof element === 'function') continue;
      count++;
      this.member(element, shape?.each);
    }
    this.close(opened, count);
  }

  private members(structure: Record<string, unknown>, shape: Shape | undefined): void {
    if (this.special(structure)) return;
    const opened = this.open(Tag.M);
    let count = 0;
    for (const name in structure) {
      const value = structure[name];
      if (value === undefined || typeof value === 'function') continue;
      count++;
      this.name(name);
      if (shape === undefined) this.structure(value, undefined);
      else this.member(value, shape.each ?? shape.members.get(name));
    }
    this.close(opened, count);
  }

  private member(value: unknown, content: Content | undefined): void {
    if (content === 'attributes') this.attributes(value);
    else if (content === 'value') this.single(value);
    else if (content === 'values') this.values(value);
    else this.structure(value, content);
  }

  /** Objects that stand for something simpler inside plain structure: dates, bytes, sets. */
  private special(value: object): boolean {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === objectPrototype || prototype === null) return false;
    if (value instanceof Date) {
      this.number(value.getTime() / 1000);
      return true;
    }
    const bytes = binaryBytes(value);
    if (bytes !== undefined) {
      this.tag(Tag.B);
      this.blob(bytes);
      return true;
    }
    if (value instanceof Set) {
      this.list([...value], undefined);
      return true;
    }
    return false;
  }

  /** A single attribute value with its marker. */
  protected single(value: unknown): void {
    this.tag(Tag.Attribute);
    this.value(value);
  }

  protected values(list: unknown): void {
    if (!Array.isArray(list)) {
      this.structure(list, undefined);
      return;
    }
    const opened = this.open(Tag.L);
    let count = 0;
    for (const value of list) {
      if (value === undefined || typeof value === 'function') continue;
      count++;
      this.single(value);
    }
    this.close(opened, count);
  }

  /**
   * A map of attributes. An undefined attribute is no attribute, whatever the options say; what is no map at all goes as it is,
   * for the engine to refuse.
   */
  protected attributes(item: unknown): void {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      this.structure(item, undefined);
      return;
    }
    const opened = this.open(Tag.Attributes);
    const prototype: unknown = Object.getPrototypeOf(item);
    let count: number;
    if (prototype === objectPrototype || prototype === null) count = this.ownAttributes(item as Record<string, unknown>);
    else count = this.entries(item instanceof Map ? item : Object.entries(item), true);
    this.close(opened, count);
  }

  private ownAttributes(item: Record<string, unknown>): number {
    let count = 0;
    for (const name in item) {
      const value = item[name];
      if (value === undefined || typeof value === 'function') continue;
      count++;
      this.name(name);
      this.value(value);
    }
    return count;
  }

  private entries(entries: Iterable<[unknown, unknown]>, dropsUndefined: boolean): number {
    let count = 0;
    for (const [name, value] of entries) {
      if (typeof value === 'function') continue;
      if (value === undefined && (dropsUndefined || this.removeUndefinedValues)) continue;
      count++;
      this.name(String(name));
      this.value(value);
    }
    return count;
  }

  /** Writes an attribute value. */
  private value(value: unknown): void {
    switch (typeof value) {
      case 'string':
        this.stringValue(value);
        return;
      case 'number':
        this.checkNumber(value);
        this.number(value);
        return;
      case 'boolean':
        this.tag(value ? Tag.True : Tag.False);
        return;
      case 'object':
        if (value === null) this.tag(Tag.Null);
        else this.objectValue(value);
        return;
      case 'bigint':
        this.tag(Tag.N);
        this.text(value.toString());
        return;
      case 'undefined':
        throw new Error(undefinedText);
      case 'function':
      case 'symbol':
        throw unsupported(value);
    }
  }

  private stringValue(text: string): void {
    if (text.length === 0 && this.convertEmptyValues) this.tag(Tag.Null);
    else this.string(text);
  }

  private checkNumber(value: number): void {
    if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) return;
    if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
    if (this.allowImpreciseNumbers) return;
    const bound = value > 0 ? 'greater than Number.MAX_SAFE_INTEGER' : 'lesser than Number.MIN_SAFE_INTEGER';
    throw new Error(`Number ${value} is ${bound}. Use NumberValue from @aws-sdk/lib-dynamodb.`);
  }

  private objectValue(value: object): void {
    if (Array.isArray(value)) {
      this.listValue(value);
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === objectPrototype || prototype === null) this.mapValue(value as Record<string, unknown>);
    else this.instanceValue(value);
  }

  private mapValue(map: Record<string, unknown>): void {
    const opened = this.open(Tag.M);
    let count = 0;
    for (const name in map) {
      const value = map[name];
      if (typeof value === 'function' || (value === undefined && this.removeUndefinedValues)) continue;
      count++;
      this.name(name);
      this.value(value);
    }
    this.close(opened, count);
  }

  private listValue(list: unknown[]): void {
    const opened = this.open(Tag.L);
    let count = 0;
    for (let i = 0; i < list.length; i++) {
      const element = list[i];
      if (element === undefined && (this.removeUndefinedValues || !(i in list))) continue;
      if (typeof element === 'function') continue;
      count++;
      this.value(element);
    }
    this.close(opened, count);
  }

  /** Anything that is neither a plain object nor an array, in the order in which the AWS client tells them apart. */
  private instanceValue(value: object): void {
    const name = value.constructor?.name;
    if (name === 'Set' || value instanceof Set) this.setValue(value as Set<unknown>);
    else if (name === 'Map' || value instanceof Map) this.mapInstance(value as Map<unknown, unknown>);
    else if (name === 'Object' || name === undefined) this.mapValue(value as Record<string, unknown>);
    else if (isBlob(value)) this.blobValue(value);
    else this.bytesOrWrapper(value, name);
  }

  private bytesOrWrapper(value: object, name: string): void {
    const bytes = binaryBytes(value);
    const number = wrappedNumber(value);
    if (bytes !== undefined) this.binaryValue(bytes);
    else if (name === 'Boolean') this.tag(value.valueOf() === true ? Tag.True : Tag.False);
    else if (name === 'Number') this.value(Number(value));
    else if (number !== undefined) this.numberFromText(number);
    else if (name === 'String') this.stringValue(String(value));
    else if (isDocumentSet(value)) this.documentSet(value);
    else if (this.convertClassInstanceToMap) this.mapValue(value as Record<string, unknown>);
    else throw unsupported(value);
  }

  private numberFromText(text: string): void {
    this.tag(Tag.N);
    this.text(text);
  }

  private mapInstance(map: Map<unknown, unknown>): void {
    const opened = this.open(Tag.M);
    this.close(opened, this.entries(map, false));
  }

  private binaryValue(bytes: Uint8Array): void {
    if (bytes.length === 0 && this.convertEmptyValues) {
      this.tag(Tag.Null);
      return;
    }
    this.tag(Tag.B);
    this.blob(bytes);
  }

  private blobValue(blob: BlobLike): void {
    const bytes = this.blobs.get(blob);
    if (bytes !== undefined) {
      this.binaryValue(bytes);
      return;
    }
    this.unread ??= [];
    this.unread.push(blob);
    this.tag(Tag.Null);
  }

  /** A native set: its first member says which kind it is. */
  private setValue(set: Set<unknown>): void {
    let members = [...set];
    if (this.removeUndefinedValues) members = members.filter((member) => member !== undefined);
    else if (set.has(undefined)) throw new Error(undefinedText);
    if (members.length === 0) {
      if (!this.convertEmptyValues) throw new Error(emptySetText);
      this.tag(Tag.Null);
      return;
    }
    const first = members[0];
    if (typeof first === 'string') this.textSet(Tag.Ss, members);
    else if (typeof first === 'number') this.numberSet(members);
    else if (typeof first === 'bigint') this.textSet(Tag.Ns, members);
    else if (typeof first !== 'object' || first === null) throw new Error(setMembersText);
    else if (wrappedNumber(first) !== undefined) this.textSet(Tag.Ns, members);
    else if (isBlob(first) || binaryBytes(first) !== undefined) this.binarySet(members);
    else throw new Error(setMembersText);
  }

  private textSet(tag: number, members: unknown[]): void {
    const opened = this.open(tag);
    for (const member of members) this.text((member as { toString(): string }).toString());
    this.close(opened, members.length);
  }

  private numberSet(members: unknown[]): void {
    const opened = this.open(Tag.Ns);
    for (const member of members) {
      if (typeof member === 'number') {
        this.checkNumber(member);
        this.numberText(member);
      } else {
        this.text((member as { toString(): string }).toString());
      }
    }
    this.close(opened, members.length);
  }

  private binarySet(members: unknown[]): void {
    const opened = this.open(Tag.Bs);
    for (const member of members) {
      const isObject = typeof member === 'object' && member !== null;
      if (isObject && isBlob(member) && !this.blobs.has(member)) {
        this.unread ??= [];
        this.unread.push(member);
      }
      const bytes = isObject ? (isBlob(member) ? this.blobs.get(member) : binaryBytes(member)) : undefined;
      if (bytes === undefined && this.unread === undefined) throw new Error(setMembersText);
      this.blob(bytes ?? new Uint8Array(0));
    }
    this.close(opened, members.length);
  }

  /** A version 2 set: its type is known, so it may be empty as far as the client is concerned. */
  private documentSet(set: DocumentSet): void {
    if (set.values.length === 0 && this.convertEmptyValues) this.tag(Tag.Null);
    else if (set.type === 'Binary') this.binarySet(set.values);
    else if (set.type === 'Number') this.numberSet(set.values);
    else this.textSet(Tag.Ss, set.values);
  }
}

function isDocumentSet(value: object): value is DocumentSet {
  return value instanceof DocumentSet || (value as Partial<DocumentSet>).wrapperName === 'Set';
}

function unsupported(value: unknown): Error {
  return new Error(
    // The AWS client writes the value into its text the same way, so a symbol throws a TypeError there and here.
    `Unsupported type passed: ${value as string}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`,
  );
}
