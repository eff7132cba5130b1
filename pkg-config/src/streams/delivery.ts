// Handing batches to a function, and what becomes of those that it fails on: tried again, cut in two, given up, as AWS Lambda's event
// source mappings do.

/** A batch that was given up, as Lambda tells a destination for failures. */
export interface FailedBatch<Item> {
  requestContext: {
    condition: 'RetryAttemptsExhausted';
    approximateInvokeCount: number;
  };
  DDBStreamBatchInfo: {
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    approximateArrivalOfFirstRecord: string;
    approximateArrivalOfLastRecord: string;
    batchSize: number;
    streamArn: string;
  };
  /** What was not handled. */
  records: Item[];
  /** What the function threw last, or an error that says which records it reported. */
  error: unknown;
}

/** What a function may answer when it reports the records it failed on. */
export interface BatchResponse {
  batchItemFailures?: readonly { itemIdentifier?: string | null }[] | null;
}

/** A change, with what is told of it when it fails. */
export interface Delivered<Item> {
  readonly item: Item;
  readonly sequenceNumber: string;
  readonly arrivedMs: number;
}

export interface DeliveryOptions<Item> {
  /** Hands a batch to the function. */
  invoke(items: Item[]): unknown;
  readonly maximumRetryAttempts: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly onFailure: ((failure: FailedBatch<Item>) => unknown) | undefined;
  /** Waits before another attempt; false when there is to be none. */
  pause(milliseconds: number): Promise<boolean>;
}

const PAUSE_MIN_MS = 10;
const PAUSE_MAX_MS = 1_000;

/** Where a batch comes from. */
export interface Origin {
  readonly shardId: string;
  readonly streamArn: string;
}

/** Delivers a batch: resolves once all of it was handled or given up, or there is to be no other attempt. */
export async function deliver<Item>(
  batch: readonly Delivered<Item>[],
  origin: Origin,
  options: DeliveryOptions<Item>,
  attemptsBefore = 0,
): Promise<void> {
  let rest = batch;
  let attempts = attemptsBefore;
  while (rest.length > 0) {
    const outcome = await attempt(rest, options);
    attempts += 1;
    rest = rest.slice(outcome.handled);
    if (rest.length === 0) return;
    const isExhausted = options.maximumRetryAttempts >= 0 && attempts > options.maximumRetryAttempts;
    if (isExhausted) return giveUp(rest, origin, options, attempts, outcome.error);
    const pause = Math.min(PAUSE_MIN_MS * 2 ** (attempts - 1), PAUSE_MAX_MS);
    if (!(await options.pause(pause))) return;
    if (options.bisectBatchOnFunctionError && outcome.handled === 0 && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, middle), origin, options, attempts);
      return deliver(rest.slice(middle), origin, options, attempts);
    }
  }
}

interface Outcome {
  /** How many records from the beginning were handled. */
  readonly handled: number;
  readonly error?: unknown;
}

async function attempt<Item>(batch: readonly Delivered<Item>[], options: DeliveryOptions<Item>): Promise<Outcome> {
  try {
    const answer: unknown = await options.invoke(batch.map((one) => one.item));
    return options.reportBatchItemFailures ? reported(batch, answer) : { handled: batch.length };
  } catch (error) {
    return { handled: 0, error };
  }
}

/** The batch up to the first record that the function reports. Reports that make no sense fail all of it, as on Lambda. */
function reported<Item>(batch: readonly Delivered<Item>[], answer: unknown): Outcome {
  const failures: unknown = (answer as BatchResponse | undefined | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return { handled: 0, error: new Error('batchItemFailures is not a list') };
  if (failures.length === 0) return { handled: batch.length };
  const places = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    batch.findIndex((one) => one.sequenceNumber === failure?.itemIdentifier),
  );
  const numbers = failures.map((failure: { itemIdentifier?: unknown } | null) => String(failure?.itemIdentifier)).join(', ');
  const error = new Error(`The function reported failures: ${numbers}`);
  return { handled: places.includes(-1) ? 0 : Math.min(...places), error };
}

async function giveUp<Item>(
  batch: readonly Delivered<Item>[],
  origin: Origin,
  options: DeliveryOptions<Item>,
  attempts: number,
  error: unknown,
): Promise<void> {
  const first = batch[0];
  const last = batch[batch.length - 1];
  if (first === undefined || last === undefined) return;
  await options.onFailure?.({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts },
    DDBStreamBatchInfo: {
      shardId: origin.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.arrivedMs).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.arrivedMs).toISOString(),
      batchSize: batch.length,
      streamArn: origin.streamArn,
    },
    records: batch.map((one) => one.item),
    error,
  });
}
