// The version 2 SDK's response object: what the handlers of `.on()` get, and what hangs on the data of `.promise()` as `$response`.
import type { ErrorMetadata } from '../errors.js';
import type { Callback, DynamoRequest } from './request.js';

/** A call's answer with what is known about it. */
export class RequestResponse<Output> {
  readonly retryCount = 0;
  readonly redirectCount = 0;

  constructor(
    readonly request: DynamoRequest<Output>,
    readonly data: Output | null,
    readonly error: Error | null,
  ) {}

  private get metadata(): ErrorMetadata | undefined {
    return ((this.data ?? this.error) as { $metadata?: ErrorMetadata } | null)?.$metadata;
  }

  get requestId(): string | undefined {
    return this.metadata?.requestId;
  }

  /** There is no HTTP exchange in the process: of one, only the status is known. */
  get httpResponse(): { statusCode: number | undefined; headers: Record<string, string> } {
    return { statusCode: this.metadata?.httpStatusCode, headers: {} };
  }

  /** Whether paging goes on behind this answer. */
  hasNextPage(): boolean {
    return this.following() !== undefined;
  }

  /** Asks for the page behind this one; null where there is none. */
  nextPage(callback?: Callback<Output>): DynamoRequest<Output> | null {
    const next = this.following()?.();
    if (next === undefined || callback === undefined) return next ?? null;
    return next.send(callback);
  }

  private following(): (() => DynamoRequest<Output>) | undefined {
    return this.data === null ? undefined : this.request.nextPage?.(this.data);
  }
}
