// Which members of a request hold attribute values. Everything that is not named here is plain structure: texts, numbers, booleans,
// lists and maps, sent as they are for the engine to judge.

/** What a member holds. */
export type Content = 'attributes' | 'value' | 'values' | Shape;

/** A structure, list or map whose members need telling apart; `each` speaks for all members of a list or map. */
export interface Shape {
  readonly members: ReadonlyMap<string, Content>;
  readonly each: Content | undefined;
}

const shape = (members: Record<string, Content>): Shape => ({ members: new Map(Object.entries(members)), each: undefined });
const each = (content: Content): Shape => ({ members: new Map(), each: content });

/** A request without attribute values. */
export const plainShape: Shape = shape({});

const comparison = each(shape({ Value: 'value', AttributeValueList: 'values' }));
const statement = shape({ Parameters: 'values' });
const keyed = shape({ Key: 'attributes', ExpressionAttributeValues: 'attributes' });

const shapes: Record<string, Shape> = {
  GetItem: shape({ Key: 'attributes' }),
  PutItem: shape({ Item: 'attributes', Expected: comparison, ExpressionAttributeValues: 'attributes' }),
  UpdateItem: shape({
    Key: 'attributes',
    AttributeUpdates: comparison,
    Expected: comparison,
    ExpressionAttributeValues: 'attributes',
  }),
  DeleteItem: shape({ Key: 'attributes', Expected: comparison, ExpressionAttributeValues: 'attributes' }),
  Query: shape({
    KeyConditions: comparison,
    QueryFilter: comparison,
    ExclusiveStartKey: 'attributes',
    ExpressionAttributeValues: 'attributes',
  }),
  Scan: shape({ ScanFilter: comparison, ExclusiveStartKey: 'attributes', ExpressionAttributeValues: 'attributes' }),
  BatchGetItem: shape({ RequestItems: each(shape({ Keys: each('attributes') })) }),
  BatchWriteItem: shape({
    RequestItems: each(each(shape({ PutRequest: shape({ Item: 'attributes' }), DeleteRequest: shape({ Key: 'attributes' }) }))),
  }),
  TransactGetItems: shape({ TransactItems: each(shape({ Get: shape({ Key: 'attributes' }) })) }),
  TransactWriteItems: shape({
    TransactItems: each(
      shape({
        ConditionCheck: keyed,
        Put: shape({ Item: 'attributes', ExpressionAttributeValues: 'attributes' }),
        Delete: keyed,
        Update: keyed,
      }),
    ),
  }),
  ExecuteStatement: statement,
  BatchExecuteStatement: shape({ Statements: each(statement) }),
  ExecuteTransaction: shape({ TransactStatements: each(statement) }),
  SearchVectors: shape({ ExpressionAttributeValues: 'attributes', SearchVector: 'values' }),
};

/** Where the attribute values are in a request of `operation`. */
export function requestShape(operation: string): Shape {
  return shapes[operation] ?? plainShape;
}
