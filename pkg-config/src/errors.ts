// The service's exceptions as classes: what an `err instanceof` or an `err.name` of an application written for the AWS SDK expects. Each
// class carries the SDK's shape id, so that the SDK's own classes recognise these errors as theirs too; the members that the
// version 2 SDK gives (`code`, `statusCode`, `retryable`...) are there as well.
import type { AttributeValue, CancellationReason, ThrottlingReason } from './types/api.js';

/** What came with a response. */
export interface ErrorMetadata {
  readonly httpStatusCode: number;
  readonly requestId: string;
  readonly attempts: number;
  readonly totalRetryDelay: number;
}

/** What the engine says of a failed request. */
export interface ServiceFailure {
  readonly name: string;
  readonly message?: string;
  readonly status: number;
  readonly metadata: ErrorMetadata;
  /** Members of the exception: Item, CancellationReasons... */
  readonly members?: Record<string, unknown>;
}

const throttling = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
]);

/** Any error that the service answered with. */
export class DynamoDBServiceException extends Error {
  static readonly shapeId: string = 'smithy.ts.sdk.synthetic.com.amazonaws.dynamodb#DynamoDBServiceException';
  readonly $fault: 'client' | 'server';
  readonly $metadata: ErrorMetadata;
  readonly $retryable: { throttling: boolean } | undefined;
  /** The HTTP exchange behind the error; there is none in the process, so only its status is known. */
  declare readonly $response: { statusCode: number; headers: Record<string, string> };
  /** The error's name as the service qualifies it. */
  readonly __type: string;
  /** The error's name, as the version 2 SDK calls it. */
  readonly code: string;
  readonly statusCode: number;
  readonly requestId: string;
  readonly time: Date;
  readonly retryable: boolean;

  constructor(failure: ServiceFailure) {
    super(failure.message ?? 'UnknownError');
    const isServer = failure.status >= 500;
    const isThrottling = throttling.has(failure.name);
    // Enumerable both, as the AWS SDK's: an error that is logged as JSON says what it is.
    for (const [member, value] of Object.entries({ name: failure.name, message: this.message })) {
      Object.defineProperty(this, member, { value, writable: true, enumerable: true, configurable: true });
    }
    this.$fault = isServer ? 'server' : 'client';
    const { httpStatusCode, requestId, attempts, totalRetryDelay } = failure.metadata;
    // Plain, so that whatever logs or copies the error gets all of it.
    this.$metadata = { httpStatusCode, requestId, attempts, totalRetryDelay };
    this.$retryable = isThrottling ? { throttling: true } : undefined;
    this.__type = typeName(failure.name);
    this.code = failure.name;
    this.statusCode = failure.status;
    this.requestId = requestId;
    this.time = new Date();
    this.retryable = isServer || isThrottling;
    Object.assign(this, failure.members);
    Object.defineProperty(this, '$response', { value: { statusCode: failure.status, headers: {} } });
  }
}

export class BackupInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#BackupInUseException';
}

export class BackupNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#BackupNotFoundException';
}

export class ConditionalCheckFailedException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ConditionalCheckFailedException';
  /** The item that failed the condition, where the request asked for it; in DynamoDB JSON. */
  declare Item?: Record<string, AttributeValue>;
}

export class ContinuousBackupsUnavailableException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ContinuousBackupsUnavailableException';
}

export class DuplicateItemException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#DuplicateItemException';
}

export class ExportConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExportConflictException';
}

export class ExportNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExportNotFoundException';
}

export class GlobalTableAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#GlobalTableAlreadyExistsException';
}

export class GlobalTableNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#GlobalTableNotFoundException';
}

export class IdempotentParameterMismatchException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#IdempotentParameterMismatchException';
}

export class ImportConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ImportConflictException';
}

export class ImportNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ImportNotFoundException';
}

export class IndexNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#IndexNotFoundException';
}

export class InvalidEndpointException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidEndpointException';
}

export class InvalidExportTimeException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidExportTimeException';
}

export class InvalidRestoreTimeException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidRestoreTimeException';
}

export class ItemCollectionSizeLimitExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ItemCollectionSizeLimitExceededException';
}

export class LimitExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#LimitExceededException';
}

export class PointInTimeRecoveryUnavailableException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#PointInTimeRecoveryUnavailableException';
}

export class PolicyNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#PolicyNotFoundException';
}

export class ProvisionedThroughputExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ProvisionedThroughputExceededException';
  declare ThrottlingReasons?: ThrottlingReason[];
}

export class ReplicaAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicaAlreadyExistsException';
}

export class ReplicaNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicaNotFoundException';
}

export class ReplicatedWriteConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicatedWriteConflictException';
}

export class ResourceInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ResourceInUseException';
}

export class ResourceNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ResourceNotFoundException';
}

export class TableAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableAlreadyExistsException';
}

export class TableInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableInUseException';
}

export class TableNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableNotFoundException';
}

export class ThrottlingException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ThrottlingException';
  declare throttlingReasons?: ThrottlingReason[];
}

export class TransactionCanceledException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionCanceledException';
  /** One reason for each action, in order. */
  declare CancellationReasons?: CancellationReason[];
}

export class TransactionConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionConflictException';
}

export class TransactionInProgressException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionInProgressException';
}

export class ExpiredIteratorException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExpiredIteratorException';
}

export class TrimmedDataAccessException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TrimmedDataAccessException';
}

export class InternalServerError extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InternalServerError';
}

export class RequestLimitExceeded extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#RequestLimitExceeded';
  declare ThrottlingReasons?: ThrottlingReason[];
}

const classes: Record<string, typeof DynamoDBServiceException> = {
  BackupInUseException,
  BackupNotFoundException,
  ConditionalCheckFailedException,
  ContinuousBackupsUnavailableException,
  DuplicateItemException,
  ExportConflictException,
  ExportNotFoundException,
  GlobalTableAlreadyExistsException,
  GlobalTableNotFoundException,
  IdempotentParameterMismatchException,
  ImportConflictException,
  ImportNotFoundException,
  IndexNotFoundException,
  InvalidEndpointException,
  InvalidExportTimeException,
  InvalidRestoreTimeException,
  ItemCollectionSizeLimitExceededException,
  LimitExceededException,
  PointInTimeRecoveryUnavailableException,
  PolicyNotFoundException,
  ProvisionedThroughputExceededException,
  ReplicaAlreadyExistsException,
  ReplicaNotFoundException,
  ReplicatedWriteConflictException,
  ResourceInUseException,
  ResourceNotFoundException,
  TableAlreadyExistsException,
  TableInUseException,
  TableNotFoundException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  ExpiredIteratorException,
  TrimmedDataAccessException,
  InternalServerError,
  RequestLimitExceeded,
};

/** An error of the class that its name asks for; names outside the API's model are plain {@link DynamoDBServiceException}s. */
export function serviceException(failure: ServiceFailure): DynamoDBServiceException {
  const Exception = Object.hasOwn(classes, failure.name) ? classes[failure.name]! : DynamoDBServiceException;
  return new Exception(failure);
}

/** What the framework answers with before it looks at an operation; the engine's `Error::type_prefix` sorts them for bodies. */
const coralServiceNames = new Set([
  'SerializationException',
  'UnknownOperationException',
  'RequestEntityTooLargeException',
  'AccessDeniedException',
  'MissingAuthenticationTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'InternalFailure',
]);

/** The name with the prefix under which the service sends it. */
function typeName(name: string): string {
  if (name === 'ValidationException') return `com.amazon.coral.validate#${name}`;
  return `${coralServiceNames.has(name) ? 'com.amazon.coral.service' : 'com.amazonaws.dynamodb.v20120810'}#${name}`;
}

/** A call on a database that has been closed. */
export class DatabaseClosedError extends Error {
  override readonly name = 'DatabaseClosedError';
  readonly code = 'DatabaseClosedError';

  constructor() {
    super('The database is closed: open it again with Snowglobe.open()');
  }
}

/** A call on an engine that met a broken invariant. It answers nothing more, because its answers could be wrong. */
export class EngineFailedError extends Error {
  override readonly name = 'EngineFailedError';
  readonly code = 'EngineFailedError';

  constructor(cause: unknown) {
    super(
      `The engine has failed and refuses further calls (${cause instanceof Error ? cause.message : String(cause)}). This is a bug in snowglobe, please report it. Open the database again to go on from what is stored`,
      { cause },
    );
  }
}

/** A request that its caller has aborted. */
export class AbortError extends Error {
  override readonly name = 'AbortError';
  readonly code = 'AbortError';

  constructor(reason?: unknown) {
    super('Request aborted', { cause: reason });
  }
}
