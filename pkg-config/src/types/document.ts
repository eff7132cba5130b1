// The document client's inputs and outputs: the operations' own, with native values where those have attribute values.

import type { ErrorMetadata } from '../errors.js';
import type * as api from './api.js';

/** An item, a key, or expression values, as native values. */
// biome-ignore lint/suspicious/noExplicitAny: what an attribute holds is the caller's knowledge; `any` is what the AWS client's type comes to.
export type Attributes = Record<string, any>;

/** What a document client's answer carries beside its members. */
export interface WithMetadata {
  readonly $metadata: ErrorMetadata;
}

type Replace<Base, Members> = Omit<Base, keyof Members> & Members;

interface ExpectedValue extends Omit<api.ExpectedAttributeValue, 'Value' | 'AttributeValueList'> {
  Value?: unknown;
  AttributeValueList?: unknown[] | undefined;
}
interface ValueUpdate extends Omit<api.AttributeValueUpdate, 'Value'> {
  Value?: unknown;
}
interface ComparedTo extends Omit<api.Condition, 'AttributeValueList'> {
  AttributeValueList?: unknown[] | undefined;
}
interface ItemCollectionMetrics extends Omit<api.ItemCollectionMetrics, 'ItemCollectionKey'> {
  ItemCollectionKey?: Attributes | undefined;
}
interface ExpressionValues {
  ExpressionAttributeValues?: Attributes | undefined;
}
interface WriteOutput<Item> extends WithMetadata {
  Attributes?: Item | undefined;
  ConsumedCapacity?: api.ConsumedCapacity | undefined;
  ItemCollectionMetrics?: ItemCollectionMetrics | undefined;
}
interface WriteRequest extends Omit<api.WriteRequest, 'PutRequest' | 'DeleteRequest'> {
  PutRequest?: { Item: Attributes | undefined } | undefined;
  DeleteRequest?: { Key: Attributes | undefined } | undefined;
}
type KeysAndAttributes = Replace<api.KeysAndAttributes, { Keys: Attributes[] | undefined }>;
type Statement = Replace<api.BatchStatementRequest, { Parameters?: unknown[] | undefined }>;

export type GetInput = Replace<api.GetItemInput, { Key: Attributes | undefined }>;
export type GetOutput<Item = Attributes> = Replace<api.GetItemOutput, { Item?: Item | undefined }> & WithMetadata;
export type PutInput = Replace<
  api.PutItemInput,
  { Item: Attributes | undefined; Expected?: Record<string, ExpectedValue> | undefined } & ExpressionValues
>;
export type PutOutput<Item = Attributes> = WriteOutput<Item>;
export type UpdateInput = Replace<
  api.UpdateItemInput,
  {
    Key: Attributes | undefined;
    AttributeUpdates?: Record<string, ValueUpdate> | undefined;
    Expected?: Record<string, ExpectedValue> | undefined;
  } & ExpressionValues
>;
export type UpdateOutput<Item = Attributes> = WriteOutput<Item>;
export type DeleteInput = Replace<
  api.DeleteItemInput,
  { Key: Attributes | undefined; Expected?: Record<string, ExpectedValue> | undefined } & ExpressionValues
>;
export type DeleteOutput<Item = Attributes> = WriteOutput<Item>;
export type QueryInput = Replace<
  api.QueryInput,
  {
    KeyConditions?: Record<string, ComparedTo> | undefined;
    QueryFilter?: Record<string, ComparedTo> | undefined;
    ExclusiveStartKey?: Attributes | undefined;
  } & ExpressionValues
>;
export type QueryOutput<Item = Attributes> = Replace<
  api.QueryOutput,
  { Items?: Item[] | undefined; LastEvaluatedKey?: Attributes | undefined }
> &
  WithMetadata;
export type ScanInput = Replace<
  api.ScanInput,
  { ScanFilter?: Record<string, ComparedTo> | undefined; ExclusiveStartKey?: Attributes | undefined } & ExpressionValues
>;
export type ScanOutput<Item = Attributes> = QueryOutput<Item>;
export type BatchGetInput = Replace<api.BatchGetItemInput, { RequestItems: Record<string, KeysAndAttributes> | undefined }>;
export type BatchGetOutput<Item = Attributes> = Replace<
  api.BatchGetItemOutput,
  {
    Responses?: Record<string, Item[]> | undefined;
    UnprocessedKeys?: Record<string, KeysAndAttributes> | undefined;
  }
> &
  WithMetadata;
export type BatchWriteInput = Replace<api.BatchWriteItemInput, { RequestItems: Record<string, WriteRequest[]> | undefined }>;
export type BatchWriteOutput = Replace<
  api.BatchWriteItemOutput,
  {
    UnprocessedItems?: Record<string, WriteRequest[]> | undefined;
    ItemCollectionMetrics?: Record<string, ItemCollectionMetrics[]> | undefined;
  }
> &
  WithMetadata;
export type TransactGetInput = Replace<
  api.TransactGetItemsInput,
  { TransactItems: { Get: Replace<api.Get, { Key: Attributes | undefined }> | undefined }[] | undefined }
>;
export type TransactGetOutput<Item = Attributes> = Replace<
  api.TransactGetItemsOutput,
  { Responses?: { Item?: Item | undefined }[] | undefined }
> &
  WithMetadata;
type Keyed<Base> = Replace<Base, { Key: Attributes | undefined } & ExpressionValues>;
export type TransactWriteInput = Replace<
  api.TransactWriteItemsInput,
  {
    TransactItems:
      | {
          ConditionCheck?: Keyed<api.ConditionCheck> | undefined;
          Put?: Replace<api.Put, { Item: Attributes | undefined } & ExpressionValues> | undefined;
          Delete?: Keyed<api.Delete> | undefined;
          Update?: Keyed<api.Update> | undefined;
        }[]
      | undefined;
  }
>;
export type TransactWriteOutput = Replace<
  api.TransactWriteItemsOutput,
  { ItemCollectionMetrics?: Record<string, ItemCollectionMetrics[]> | undefined }
> &
  WithMetadata;
export type ExecuteStatementInput = Replace<api.ExecuteStatementInput, { Parameters?: unknown[] | undefined }>;
export type ExecuteStatementOutput<Item = Attributes> = Replace<
  api.ExecuteStatementOutput,
  { Items?: Item[] | undefined; LastEvaluatedKey?: Attributes | undefined }
> &
  WithMetadata;
export type BatchExecuteStatementInput = Replace<api.BatchExecuteStatementInput, { Statements: Statement[] | undefined }>;
export type BatchExecuteStatementOutput<Item = Attributes> = Replace<
  api.BatchExecuteStatementOutput,
  {
    Responses?:
      | Replace<
          api.BatchStatementResponse,
          { Item?: Item | undefined; Error?: Replace<api.BatchStatementError, { Item?: Item | undefined }> | undefined }
        >[]
      | undefined;
  }
> &
  WithMetadata;
export type ExecuteTransactionInput = Replace<
  api.ExecuteTransactionInput,
  { TransactStatements: Replace<api.ParameterizedStatement, { Parameters?: unknown[] | undefined }>[] | undefined }
>;
export type ExecuteTransactionOutput<Item = Attributes> = Replace<
  api.ExecuteTransactionOutput,
  { Responses?: { Item?: Item | undefined }[] | undefined }
> &
  WithMetadata;
export type SearchVectorsInput = Replace<api.SearchVectorsInput, { SearchVector: unknown[] | undefined } & ExpressionValues>;
export type SearchVectorsOutput<Item = Attributes> = Replace<
  api.SearchVectorsOutput,
  { SearchResults?: { Item?: Item | undefined; Score?: number | undefined }[] | undefined }
> &
  WithMetadata;
