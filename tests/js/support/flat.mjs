// The flat layout once more, written to be obvious rather than fast: the oracle for the package's codec. Attribute values are DynamoDB
// JSON here, with B as Uint8Array; trees are `{ m: {...} }`, `{ attributes }`, `{ attribute }`, `{ time }`, lists and scalars.

const utf8 = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
const text = (value) => {
  const bytes = typeof value === 'string' ? utf8.encode(value) : value;
  return [...varint(bytes.length), ...bytes];
};
const collection = (tag, parts) => {
  const body = [...varint(parts.length), ...parts.flat()];
  const n = body.length;
  return [tag, n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255, ...body];
};

export function writeValue(value) {
  const [[type, inner]] = Object.entries(value);
  switch (type) {
    case 'NULL':
      return [0];
    case 'BOOL':
      return [inner ? 2 : 1];
    case 'S':
      return [3, ...text(inner)];
    case 'N':
      return [4, ...text(inner)];
    case 'B':
      return [5, ...text(inner)];
    case 'SS':
      return collection(6, inner.map(text));
    case 'NS':
      return collection(7, inner.map(text));
    case 'BS':
      return collection(8, inner.map(text));
    case 'L':
      return collection(9, inner.map(writeValue));
    case 'M':
      return collection(
        10,
        Object.entries(inner).map(([name, v]) => [...text(name), ...writeValue(v)]),
      );
    default:
      throw new Error(`no datatype ${type}`);
  }
}

export function writeTree(tree) {
  if (tree === null) return [0];
  if (typeof tree === 'boolean') return [tree ? 2 : 1];
  if (typeof tree === 'string') return [3, ...text(tree)];
  if (typeof tree === 'number') return [4, ...text(String(tree))];
  if (tree instanceof Uint8Array) return [5, ...text(tree)];
  if (Array.isArray(tree)) return collection(9, tree.map(writeTree));
  if ('attributes' in tree)
    return collection(
      0x20,
      Object.entries(tree.attributes).map(([name, v]) => [...text(name), ...writeValue(v)]),
    );
  if ('attribute' in tree) return [0x21, ...writeValue(tree.attribute)];
  if ('time' in tree) return [0x22, ...text(tree.time)];
  return collection(
    10,
    Object.entries(tree.m).map(([name, v]) => [...text(name), ...writeTree(v)]),
  );
}

/** Reads one value or tree and checks every length on the way. */
export function read(bytes) {
  let at = 0;
  const byte = () => {
    if (at >= bytes.length) throw new Error('ends early');
    return bytes[at++];
  };
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const b = byte();
      value += (b & 127) * shift;
      if (b < 128) return value;
    }
  };
  const raw = () => {
    const n = number();
    if (at + n > bytes.length) throw new Error('text ends early');
    at += n;
    return bytes.slice(at - n, at);
  };
  const string = () => decoder.decode(raw());
  const items = (element) => {
    const n = byte() | (byte() << 8) | (byte() << 16) | (byte() << 24);
    const end = at + n;
    const all = Array.from({ length: number() }, element);
    if (at !== end) throw new Error(`a collection of ${n} bytes ended ${end - at} off`);
    return all;
  };
  const entries = (element) => Object.fromEntries(items(() => [string(), element()]));
  const value = () => {
    const tag = byte();
    switch (tag) {
      case 0:
        return { NULL: true };
      case 1:
        return { BOOL: false };
      case 2:
        return { BOOL: true };
      case 3:
        return { S: string() };
      case 4:
        return { N: string() };
      case 5:
        return { B: raw() };
      case 6:
        return { SS: items(string) };
      case 7:
        return { NS: items(string) };
      case 8:
        return { BS: items(raw) };
      case 9:
        return { L: items(value) };
      case 10:
        return { M: entries(value) };
      case 11:
        return { NULL: false };
      case 12:
        return {};
      case 13:
        return { many: true };
      default:
        throw new Error(`tag ${tag} is no value`);
    }
  };
  const tree = () => {
    const tag = bytes[at];
    if (tag === 0x20) {
      at++;
      return { attributes: entries(value) };
    }
    if (tag === 0x21) {
      at++;
      return { attribute: value() };
    }
    if (tag === 0x22) {
      at++;
      return { time: string() };
    }
    at++;
    switch (tag) {
      case 0:
        return null;
      case 1:
        return false;
      case 2:
        return true;
      case 3:
        return string();
      case 4:
        return Number(string());
      case 5:
        return raw();
      case 9:
        return items(tree);
      case 10:
        return { m: entries(tree) };
      default:
        throw new Error(`tag ${tag} is no tree`);
    }
  };
  const result = tree();
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes left`);
  return result;
}
