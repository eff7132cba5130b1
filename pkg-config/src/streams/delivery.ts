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

/** What was done about a batch so far. */
interface Effort {
  /** How often the function was called with it, or with what it was cut from. */
  readonly attempts: number;
  /** How often it was tried again as it was: to cut it does not count. */
  readonly retries: number;
}

/** Delivers a batch: resolves once all of it was handled or given up, or there is to be no other attempt. */
export async function deliver<Item>(
  batch: readonly Delivered<Item>[],
  origin: Origin,
  options: DeliveryOptions<Item>,
  before: Effort = { attempts: 0, retries: 0 },
): Promise<void> {
  let rest = batch;
  let { attempts, retries } = before;
  while (rest.length > 0) {
    const outcome = await attempt(rest, options);
    attempts += 1;
    rest = rest.slice(outcome.handled);
    if (rest.length === 0) return;
    // A report cuts the batch where it says; what fails without one is cut in the middle.
    const isHalved = options.bisectBatchOnFunctionError && outcome.isWhole && rest.length > 1;
    const isCut = isHalved || (options.bisectBatchOnFunctionError && outcome.handled > 0);
    const isExhausted = options.maximumRetryAttempts >= 0 && retries >= options.maximumRetryAttempts;
    if (isExhausted && !isCut) return giveUp(rest, origin, options, attempts, outcome.error);
    if (!isCut) retries += 1;
    const pause = Math.min(PAUSE_MIN_MS * 2 ** (attempts - 1), PAUSE_MAX_MS);
    if (!(await options.pause(pause))) return;
    if (isHalved) {
      const middle = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, middle), origin, options, { attempts, retries });
      return deliver(rest.slice(middle), origin, options, { attempts, retries });
    }
  }
}

interface Outcome {
  /** How many records from the beginning were handled. */
  readonly handled: number;
  /** Whether all of it failed, and nothing says which record did. */
  readonly isWhole: boolean;
  readonly error?: unknown;
}

async function attempt<Item>(batch: readonly Delivered<Item>[], options: DeliveryOptions<Item>): Promise<Outcome> {
  try {
    const answer: unknown = await options.invoke(batch.map((one) => one.item));
    return options.reportBatchItemFailures ? reported(batch, answer) : { handled: batch.length, isWhole: false };
  } catch (error) {
    return { handled: 0, isWhole: true, error };
  }
}

/** The batch up to the first record that the function reports. Reports that make no sense fail all of it, as on Lambda. */
function reported<Item>(batch: readonly Delivered<Item>[], answer: unknown): Outcome {
  const failures: unknown = (answer as BatchResponse | undefined | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return { handled: 0, isWhole: true, error: new Error('batchItemFailures is not a list') };
  if (failures.length === 0) return { handled: batch.length, isWhole: false };
  const places = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    batch.findIndex((one) => one.sequenceNumber === failure?.itemIdentifier),
  );
  const numbers = failures.map((failure: { itemIdentifier?: unknown } | null) => String(failure?.itemIdentifier)).join(', ');
  const error = new Error(`The function reported failures: ${numbers}`);
  const isWhole = places.includes(-1);
  return { handled: isWhole ? 0 : Math.min(...places), isWhole, error };
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
