/** The part of a table's description that the page shows. */
export interface TableDescription {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly TableArn: string;
  readonly ItemCount: number;
  readonly TableSizeBytes: number;
  readonly CreationDateTime: number;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly BillingModeSummary?: { readonly BillingMode: string };
  readonly ProvisionedThroughput?: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
  readonly VectorIndexes?: readonly VectorIndexDescription[];
}

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexDescription {
  readonly IndexName: string;
  readonly IndexStatus?: string;
  readonly ItemCount?: number;
  readonly IndexSizeBytes?: number;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

export interface VectorIndexDescription extends Omit<IndexDescription, 'KeySchema'> {
  readonly VectorAttribute: { readonly AttributeName: string };
  readonly Dimensions: number;
  readonly DistanceFunction: string;
  readonly SearchSchema?: readonly {
    readonly AttributeName: string;
    readonly SearchSchemaElementType: 'HASH' | 'INLINE_FILTER';
  }[];
}

/** The indexes of a table that Query and Scan can read. */
export function indexesOf(table: TableDescription): readonly IndexDescription[] {
  return [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
}

/** The key of a table, or of the index of that name. */
export function keysOf(table: TableDescription, index?: string): readonly KeyElement[] {
  return indexesOf(table).find(({ IndexName }) => IndexName === index)?.KeySchema ?? table.KeySchema;
}

/** The names of a table's own key attributes. */
export function keyNamesOf(table: TableDescription): readonly string[] {
  return table.KeySchema.map(({ AttributeName }) => AttributeName);
}

/** The type that a table defines an attribute with; keys are defined, as are the attributes that vectors are searched by. */
export function typeOf(table: TableDescription, name: string): 'S' | 'N' | 'B' {
  return table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
}

/** What an index copies of an item, in words. */
export function projectionOf({ Projection }: Pick<IndexDescription, 'Projection'>): string {
  const { ProjectionType, NonKeyAttributes } = Projection;
  if (NonKeyAttributes) return `keys, ${NonKeyAttributes.join(', ')}`;
  return ProjectionType === 'ALL' ? 'everything' : 'keys';
}
