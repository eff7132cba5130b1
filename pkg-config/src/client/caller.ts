// The way of one call: the request is written into the engine's memory, the engine is called, and its answer is read where it lies, all before
// the promise is handed out. Only a call that has to wait (for simulated latency, or for a Blob's bytes) takes longer.
import type { Decoder } from '../codec/decoder.js';
import type { DocumentEncoder } from '../codec/encoder.js';
import { requestShape, type Shape } from '../codec/shapes.js';
import { Status } from '../engine.js';
import { AbortError, serviceException } from '../errors.js';
import type { Session } from '../session.js';
import { DynamoRequest, deferred } from './request.js';

/** An operation as a caller knows it. */
export interface Operation {
  readonly name: string;
  /** Undefined for an operation that the engine does not know. */
  readonly number: number | undefined;
  readonly shape: Shape;
}

/** A signal of either kind: the standard one, or the AWS SDK's older one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener?(type: 'abort', listener: () => void): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
  onabort?: unknown;
}

/** Per-call options, as both SDK's methods take them. */
export interface CallOptions {
  readonly abortSignal?: AbortSignalLike | undefined;
}

export class Caller {
  constructor(
    private readonly session: Session,
    private readonly encoder: DocumentEncoder,
    private readonly decoder: Decoder,
  ) {}

  /** The operation of that name. */
  operation(name: string): Operation {
    return { name, number: this.session.operationNumber(name), shape: requestShape(name) };
  }

  /** Makes a call. Whatever goes wrong comes out of the promise. */
  call<Output>(operation: Operation, request: unknown): DynamoRequest<Output> {
    const session = this.session;
    if (session.busy) return this.later(operation, request);
    try {
      session.check();
      if (operation.number === undefined) throw this.unknownOperation();
      session.busy = true;
      const length = this.encoder.encode(request, operation.shape);
      if (length === 0) {
        session.busy = false;
        return this.afterBlobs(operation, request);
      }
      const status = session.call(operation.number, length);
      if (status === Status.Done) {
        const output = this.read<Output>(session.answer);
        session.busy = false;
        return DynamoRequest.done(output);
      }
      session.busy = false;
      return status === Status.Failed ? DynamoRequest.failed(session.takeFailure()) : this.pending();
    } catch (error) {
      session.busy = false;
      return DynamoRequest.failed(error);
    }
  }

  /** The same, to be given up when `signal` says so. */
  callWith<Output>(operation: Operation, request: unknown, signal: AbortSignalLike | undefined): DynamoRequest<Output> {
    if (signal === undefined) return this.call(operation, request);
    if (signal.aborted) return DynamoRequest.failed(new AbortError(signal.reason));
    const made = this.call<Output>(operation, request);
    if (made.cancel !== undefined) {
      // Returns nothing: a rejected promise from a listener counts as an error of its own in Node.
      onAbort(signal, made, () => {
        made.abort(signal.reason);
      });
    }
    return made;
  }

  private read<Output>(address: number): Output {
    return this.decoder.decode(address, { $metadata: this.session.metadata(200) }) as Output;
  }

  private pending<Output>(): DynamoRequest<Output> {
    const { request, resolve, reject } = deferred<Output>();
    const takeBack = this.session.wait({
      done: (address) => {
        request.cancel = undefined;
        this.session.busy = true;
        try {
          resolve(this.read(address));
        } finally {
          this.session.busy = false;
        }
      },
      failed: (error) => {
        request.cancel = undefined;
        reject(error);
      },
    });
    request.cancel = (reason) => {
      request.cancel = undefined;
      takeBack();
      reject(reason);
    };
    return request;
  }

  /** A caller's code (a getter in an item, a `wrapNumbers` function) made a call while another one was being written or read. */
  private later<Output>(operation: Operation, request: unknown): DynamoRequest<Output> {
    const { request: made, resolve, reject } = deferred<Output>();
    queueMicrotask(() => this.call<Output>(operation, request).then(resolve, reject));
    return made;
  }

  private afterBlobs<Output>(operation: Operation, request: unknown): DynamoRequest<Output> {
    const { request: made, resolve, reject } = deferred<Output>();
    this.encoder
      .readBlobs()
      .then(() => this.call<Output>(operation, request))
      .then(resolve, reject);
    return made;
  }

  private unknownOperation(): Error {
    return serviceException({ name: 'UnknownOperationException', status: 400, metadata: this.session.metadata(400) });
  }
}

/** Calls `abort` once when the signal fires before `settled` does. */
export function onAbort(signal: AbortSignalLike, settled: Promise<unknown>, abort: () => void): void {
  if (typeof signal.addEventListener === 'function') {
    signal.addEventListener('abort', abort);
    const forget = (): void => signal.removeEventListener?.('abort', abort);
    settled.then(forget, forget);
  } else {
    signal.onabort = abort;
  }
}
