// What counts as binary, and its bytes.

/** Something whose bytes take a promise to read. */
export interface BlobLike {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes of a buffer or of a view of one, of this realm or another; undefined for anything else. */
export function binaryBytes(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const isBuffer = value instanceof ArrayBuffer || Object.prototype.toString.call(value) === '[object ArrayBuffer]';
  return isBuffer ? new Uint8Array(value as ArrayBuffer) : undefined;
}

/** Whether `value` is a Blob or a File. */
export function isBlob(value: object): value is BlobLike {
  const name = value.constructor?.name;
  return (name === 'Blob' || name === 'File') && typeof (value as Partial<BlobLike>).arrayBuffer === 'function';
}
