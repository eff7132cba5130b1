// Every operation as a method in DynamoDB JSON: `db.createTable({...})`, `db.putItem({...})`. The methods are made from the list of names, so
// none can be missing or misspelt.
import type { ApiOperations } from '../types/api.js';
import type { WithMetadata } from '../types/document.js';
import type { StreamsOperations } from '../types/streams.js';
import type { CallOptions } from './caller.js';
import type { Callback, DynamoRequest } from './request.js';

/** Both APIs' operations. */
interface AllOperations extends ApiOperations, StreamsOperations {}

/** Names of the APIs' operations; the type says that the list is whole. */
export const operationNames = Object.keys({
  BatchExecuteStatement: 0,
  BatchGetItem: 0,
  BatchWriteItem: 0,
  CancelBulkOperation: 0,
  CreateBackup: 0,
  CreateGlobalTable: 0,
  CreateTable: 0,
  DeleteBackup: 0,
  DeleteItem: 0,
  DeleteResourcePolicy: 0,
  DeleteTable: 0,
  DescribeBackup: 0,
  DescribeBulkOperation: 0,
  DescribeContinuousBackups: 0,
  DescribeContributorInsights: 0,
  DescribeEndpoints: 0,
  DescribeExport: 0,
  DescribeGlobalTable: 0,
  DescribeGlobalTableSettings: 0,
  DescribeImport: 0,
  DescribeKinesisStreamingDestination: 0,
  DescribeLimits: 0,
  DescribeTable: 0,
  DescribeTableReplicaAutoScaling: 0,
  DescribeTimeToLive: 0,
  DisableKinesisStreamingDestination: 0,
  EnableKinesisStreamingDestination: 0,
  ExecuteStatement: 0,
  ExecuteTransaction: 0,
  ExportTableToPointInTime: 0,
  GetItem: 0,
  GetResourcePolicy: 0,
  ImportTable: 0,
  ListBackups: 0,
  ListBulkOperations: 0,
  ListContributorInsights: 0,
  ListExports: 0,
  ListGlobalTables: 0,
  ListImports: 0,
  ListTables: 0,
  ListTagsOfResource: 0,
  PutItem: 0,
  PutResourcePolicy: 0,
  Query: 0,
  RestoreTableFromBackup: 0,
  RestoreTableToPointInTime: 0,
  Scan: 0,
  SearchVectors: 0,
  StartBulkPutItems: 0,
  TagResource: 0,
  TransactGetItems: 0,
  TransactWriteItems: 0,
  UntagResource: 0,
  UpdateContinuousBackups: 0,
  UpdateContributorInsights: 0,
  UpdateGlobalTable: 0,
  UpdateGlobalTableSettings: 0,
  UpdateItem: 0,
  UpdateKinesisStreamingDestination: 0,
  UpdateTable: 0,
  UpdateTableReplicaAutoScaling: 0,
  UpdateTimeToLive: 0,
  DescribeStream: 0,
  GetRecords: 0,
  GetShardIterator: 0,
  ListStreams: 0,
} satisfies Record<keyof AllOperations, 0>) as (keyof AllOperations)[];

type Output<Name extends keyof AllOperations> = AllOperations[Name]['output'] & WithMetadata;

interface Method<Input, Answer> {
  (input: Input, callback?: Callback<Answer>): DynamoRequest<Answer>;
  (input: Input, options: CallOptions | undefined, callback?: Callback<Answer>): DynamoRequest<Answer>;
}

/** Operations all of whose members may be left out may be called without an input. */
// biome-ignore lint/suspicious/noConfusingVoidType: a parameter of type void is one that may be left out.
type Input<Shape> = Record<never, never> extends Shape ? Shape | void : Shape;

/** The operations, camelCased. */
export type Operations = {
  [Name in keyof AllOperations as Uncapitalize<Name>]: Method<Input<AllOperations[Name]['input']>, Output<Name>>;
};

/** The method's name of an operation. */
export function methodName(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}
