import type { AttributeValue, Document } from '../backend.js';
import { type TableDescription, typeOf, type VectorIndexDescription } from '../table.js';

/** The SearchVectors that the form stands for; attributes left empty restrict nothing. */
export function vectorRequest(
  table: TableDescription,
  index: VectorIndexDescription,
  vector: string,
  given: Record<string, string>,
): Document {
  const numbers = vector.split(/[\s,[\]]+/).filter((text) => text !== '');
  const restricted = (index.SearchSchema ?? [])
    .map(({ AttributeName }) => AttributeName)
    .filter((name) => (given[name] ?? '') !== '');
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  for (const [at, name] of restricted.entries()) {
    names[`#a${at}`] = name;
    values[`:a${at}`] = { [typeOf(table, name)]: given[name] };
  }
  const searched: Document = {
    TableName: table.TableName,
    IndexName: index.IndexName,
    SearchVector: numbers.map((N) => ({ N })),
    TopK: 10,
  };
  if (restricted.length === 0) return searched;
  return {
    ...searched,
    SearchConditionExpression: restricted.map((_, at) => `#a${at} = :a${at}`).join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
