// The package's windows on wasm memory. A window is lost whenever the memory grows, so whoever kept one across a call into
// the module asks `current` again; asking costs one comparison.

/** What of Node's Buffer the codec uses where there is one: copying text in and out without a TextDecoder's set-up cost. */
interface TextBuffer {
  utf8Write(text: string, at: number): number;
  utf8Slice(from: number, to: number): string;
}

interface TextBufferMaker {
  from(memory: ArrayBufferLike): TextBuffer;
  prototype: Partial<TextBuffer>;
}

const textBuffers = ((): TextBufferMaker | undefined => {
  const maker = (globalThis as unknown as { Buffer?: TextBufferMaker }).Buffer;
  const works = typeof maker?.prototype?.utf8Write === 'function' && typeof maker.prototype.utf8Slice === 'function';
  return works ? maker : undefined;
})();

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Views of one wasm memory, made again when the memory has grown. */
export class MemoryWindow {
  /** All of the memory. */
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  private words: Uint32Array<ArrayBuffer>;
  private text: TextBuffer | undefined;

  constructor(private readonly memory: { readonly buffer: ArrayBuffer }) {
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Uint32Array(memory.buffer);
    this.view = new DataView(memory.buffer);
    this.text = textBuffers?.from(memory.buffer);
  }

  /** The memory as it is now. */
  current(): Uint8Array<ArrayBuffer> {
    if (this.bytes.length === 0) this.renew();
    return this.bytes;
  }

  /** The 32-bit word at `address`, a multiple of four. */
  word(address: number): number {
    if (this.bytes.length === 0) this.renew();
    return this.words[address >>> 2]!;
  }

  private renew(): void {
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Uint32Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    this.text = textBuffers?.from(this.memory.buffer);
  }

  /** Writes `text` as UTF-8 at `at`, where three bytes a character are free, and returns how many bytes it took. */
  writeText(text: string, at: number): number {
    if (this.text !== undefined) return this.text.utf8Write(text, at);
    return textEncoder.encodeInto(text, this.bytes.subarray(at)).written;
  }

  /** Reads UTF-8. */
  readText(from: number, to: number): string {
    if (this.text !== undefined) return this.text.utf8Slice(from, to);
    return textDecoder.decode(this.bytes.subarray(from, to));
  }
}
