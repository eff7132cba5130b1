// What every call returns: a promise that is also the version 2 SDK's request object. The call has been made by the time the caller
// holds this (version 2 waited for `.promise()` or `.send()`), and it is made once however often one asks for its promise.
import { AbortError } from '../errors.js';
import { RequestResponse } from './response.js';

/** `callback(error, data)`, as both SDKs call it. */
export type Callback<Output> = (error: Error | null, data?: Output) => void;

/** What asks for the page after one; undefined where paging has ended. */
export type NextPage<Output> = (page: Output) => (() => DynamoRequest<Output>) | undefined;

/** An answer with the version 2 SDK's response object on it. */
export type WithResponse<Output> = Output & { readonly $response: RequestResponse<Output> };

/** A call under way or answered. */
export class DynamoRequest<Output> extends Promise<Output> {
  // Declared, so that a call that needs neither does not make them.
  /** Set by the caller for operations that page. */
  declare nextPage?: NextPage<Output>;
  /** Set while the call is pending. */
  declare cancel?: ((reason: unknown) => void) | undefined;

  // `await` and `then` look at the constructor: with the built-in one they take no more turns than for a plain promise, and
  // `then` gives a plain promise.
  static {
    Object.defineProperty(DynamoRequest.prototype, 'constructor', { value: Promise, writable: true, configurable: true });
  }

  /** A call answered with `output`. */
  static done<Output>(output: Output): DynamoRequest<Output> {
    return new DynamoRequest<Output>((resolve) => resolve(output));
  }

  /** A call that failed. */
  static failed<Output>(error: unknown): DynamoRequest<Output> {
    return new DynamoRequest<Output>((_, reject) => reject(error));
  }

  /** The call's answer, with the version 2 SDK's response object as `$response`, which is not enumerable. */
  promise(): Promise<WithResponse<Output>> {
    return this.then((data) => {
      if (typeof data === 'object' && data !== null) {
        Object.defineProperty(data, '$response', { value: new RequestResponse(this, data, null), configurable: true });
      }
      return data as WithResponse<Output>;
    });
  }

  /** Calls back with the answer. */
  send(callback?: Callback<Output>): this {
    // Without a callback nobody hears of a failure, as in version 2; with one, what it throws is its own.
    this.then(
      (data) => callback?.(null, data),
      (error: Error) => callback?.(error),
    );
    return this;
  }

  /** Calls `handler` once the call has succeeded, failed, or either. */
  on(event: 'success' | 'error' | 'complete' | (string & {}), handler: (response: never, again: never) => void): this {
    const call = handler as unknown as (response: unknown, again?: unknown) => void;
    this.then(
      (data) => {
        if (event === 'success' || event === 'complete') call(new RequestResponse(this, data, null));
      },
      (error: Error) => {
        const response = new RequestResponse<Output>(this, null, error);
        if (event === 'error') call(error, response);
        else if (event === 'complete') call(response);
      },
    );
    return this;
  }

  /** Rejects a call that has not been answered yet. What it asked for may happen all the same. */
  abort(reason?: unknown): this {
    this.cancel?.(new AbortError(reason));
    return this;
  }

  /**
   * Calls back with each page until `callback` returns false or there are no more; then once more with null. A callback of
   * three parameters gets a `done` to call when it is ready for the next page.
   */
  eachPage(callback: (error: Error | null, page: Output | null, done?: (goOn?: boolean) => void) => unknown): void {
    const waits = callback.length > 2;
    const visit = (request: DynamoRequest<Output>): void => {
      request.then(
        (page) => {
          const goOn = (answer?: unknown): void => {
            if (answer === false) return;
            const next = this.nextPage?.(page);
            if (next === undefined) callback(null, null, () => undefined);
            else visit(next());
          };
          if (waits) callback(null, page, goOn);
          else goOn(callback(null, page));
        },
        (error: Error) => callback(error, null, () => undefined),
      );
    };
    visit(this);
  }
}

/** A call that will be answered, with the means to answer it. */
export interface Deferred<Output> {
  readonly request: DynamoRequest<Output>;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

export function deferred<Output>(): Deferred<Output> {
  let resolve!: (output: Output) => void;
  let reject!: (error: unknown) => void;
  const request = new DynamoRequest<Output>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  return { request, resolve, reject };
}
