// What comes with every answer, made cheap: the request id is worked out only when somebody looks.

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** An answer's `$metadata`, shaped as the AWS SDK's. */
export class ResponseMetadata {
  readonly httpStatusCode: number;
  readonly attempts = 1;
  readonly totalRetryDelay = 0;
  readonly #seed: number;
  readonly #sequence: number;

  constructor(status: number, seed: number, sequence: number) {
    this.httpStatusCode = status;
    this.#seed = seed;
    this.#sequence = sequence;
  }

  /** 52 letters and digits, as AWS's, that follow from the database's seed and the number of the request. */
  get requestId(): string {
    let state = (this.#seed ^ Math.imul(this.#sequence, 0x9e37_79b9)) >>> 0;
    let id = '';
    for (let i = 0; i < 52; i++) {
      state = (state + 0x9e37_79b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
      id += letters[((mixed ^ (mixed >>> 15)) >>> 0) % letters.length];
    }
    return id;
  }

  /** What Node and Deno print. */
  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return this.toJSON();
  }

  toJSON(): { httpStatusCode: number; requestId: string; attempts: number; totalRetryDelay: number } {
    const { httpStatusCode, requestId, attempts, totalRetryDelay } = this;
    return { httpStatusCode, requestId, attempts, totalRetryDelay };
  }
}
