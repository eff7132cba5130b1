// Requests whose attribute values are in DynamoDB JSON (`{ S: 'text' }`), written as flat bytes. A value that is not one goes as the plain
// structure it is, so that the engine sees what the service would see and answers as the service does.
import { binaryBytes } from './binary.js';
import { DocumentEncoder } from './encoder.js';
import { Tag } from './layout.js';

const datatypes = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'] as const;
const utf8 = new TextEncoder();

/** Writes a request whose attribute values are in DynamoDB JSON. */
export class JsonEncoder extends DocumentEncoder {
  protected override single(value: unknown): void {
    const mark = this.mark();
    this.tag(Tag.Attribute);
    if (this.jsonValue(value)) return;
    this.rewind(mark);
    this.plain(value);
  }

  protected override attributes(item: unknown): void {
    const mark = this.mark();
    if (isRecord(item) && this.jsonMembers(item, Tag.Attributes)) return;
    this.rewind(mark);
    this.plain(item);
  }

  /** Writes a map of values; false when one is not an attribute value. */
  private jsonMembers(map: Record<string, unknown>, tag: number): boolean {
    const opened = this.open(tag);
    let count = 0;
    for (const name of Object.keys(map)) {
      const value = map[name];
      if (value === undefined || typeof value === 'function') continue;
      count++;
      this.name(name);
      if (!this.jsonValue(value)) return false;
    }
    this.close(opened, count);
    return true;
  }

  /** Writes one value; false when it is not an attribute value. */
  private jsonValue(value: unknown): boolean {
    if (!isRecord(value)) return false;
    let datatype: (typeof datatypes)[number] | undefined;
    let count = 0;
    for (const candidate of datatypes) {
      if (value[candidate] == null) continue;
      datatype = candidate;
      count++;
    }
    if (datatype === undefined) this.tag(Tag.NoDatatype);
    else if (count > 1) this.tag(Tag.ManyDatatypes);
    else return this.datatype(datatype, value[datatype]);
    return true;
  }

  private datatype(datatype: (typeof datatypes)[number], value: unknown): boolean {
    switch (datatype) {
      case 'S':
        return this.textValue(Tag.S, value);
      case 'N':
        return this.textValue(Tag.N, value);
      case 'B':
        return this.bytesValue(value);
      case 'BOOL':
        if (typeof value !== 'boolean') return false;
        this.tag(value ? Tag.True : Tag.False);
        return true;
      case 'NULL':
        if (typeof value !== 'boolean') return false;
        this.tag(value ? Tag.Null : Tag.NullFalse);
        return true;
      case 'SS':
        return this.textMembers(Tag.Ss, value);
      case 'NS':
        return this.textMembers(Tag.Ns, value);
      case 'BS':
        return this.bytesMembers(value);
      case 'L':
        return this.listMembers(value);
      case 'M':
        return isRecord(value) && this.jsonMembers(value, Tag.M);
    }
  }

  private textValue(tag: number, value: unknown): boolean {
    if (typeof value !== 'string') return false;
    this.tag(tag);
    this.text(value);
    return true;
  }

  private bytesValue(value: unknown): boolean {
    const bytes = bytesOf(value);
    if (bytes === undefined) return false;
    this.tag(Tag.B);
    this.blob(bytes);
    return true;
  }

  private textMembers(tag: number, value: unknown): boolean {
    if (!Array.isArray(value) || value.some((member) => typeof member !== 'string')) return false;
    const opened = this.open(tag);
    for (const member of value) this.text(member as string);
    this.close(opened, value.length);
    return true;
  }

  private bytesMembers(value: unknown): boolean {
    if (!Array.isArray(value)) return false;
    const members = value.map(bytesOf);
    const opened = this.open(Tag.Bs);
    for (const member of members) {
      if (member === undefined) return false;
      this.blob(member);
    }
    this.close(opened, members.length);
    return true;
  }

  private listMembers(value: unknown): boolean {
    if (!Array.isArray(value)) return false;
    const opened = this.open(Tag.L);
    for (const member of value) {
      if (!this.jsonValue(member)) return false;
    }
    this.close(opened, value.length);
    return true;
  }
}

/** Bytes as the SDKs take them for B: any buffer or view, or a text, which stands for its UTF-8. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return utf8.encode(value);
  return typeof value === 'object' && value !== null ? binaryBytes(value) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
