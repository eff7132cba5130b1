import type { Document } from '../backend.js';
import { attributeOf } from '../plain-json.js';
import { limitOf } from './limit.js';

/** What the form says. */
export interface Statement {
  readonly text: string;
  readonly parameters: string;
  readonly limit: string;
  readonly consistent: boolean;
}

/** The ExecuteStatement that the form stands for. */
export function statementRequest(statement: Statement, token: string | undefined): Document {
  const request: Document = { Statement: statement.text };
  if (statement.parameters.trim() !== '') {
    const parameters: unknown = JSON.parse(statement.parameters);
    if (!Array.isArray(parameters)) throw new Error('The parameters must be a list in JSON, one for each question mark.');
    request['Parameters'] = parameters.map(attributeOf);
  }
  if (statement.limit.trim() !== '') request['Limit'] = limitOf(statement.limit);
  if (statement.consistent) request['ConsistentRead'] = true;
  if (token !== undefined) request['NextToken'] = token;
  return request;
}
