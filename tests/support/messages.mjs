// Tables of refused requests: one line a cause, with AWS's sentence. Each line is a test, made of every way into a region.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALL, KEYS_ONLY } from './definitions.mjs';
import { everyWay } from './region.mjs';

const hash = (AttributeName) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName) => ({ AttributeName, KeyType: 'RANGE' });
const S = (AttributeName) => ({ AttributeName, AttributeType: 'S' });
const N = (AttributeName) => ({ AttributeName, AttributeType: 'N' });

/** The tables that the requests name. */
const TABLES = [
  { TableName: 'Plain', AttributeDefinitions: [S('id')], KeySchema: [hash('id')] },
  { TableName: 'Pair', AttributeDefinitions: [S('p'), N('s')], KeySchema: [hash('p'), range('s')] },
  { TableName: 'Text', AttributeDefinitions: [S('p'), S('s')], KeySchema: [hash('p'), range('s')] },
  { TableName: 'Bytes', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'B' }], KeySchema: [hash('id')] },
  {
    TableName: 'Indexed',
    AttributeDefinitions: [S('p'), S('s'), N('l'), S('g'), N('h')],
    KeySchema: [hash('p'), range('s')],
    LocalSecondaryIndexes: [{ IndexName: 'local', KeySchema: [hash('p'), range('l')], Projection: KEYS_ONLY }],
    GlobalSecondaryIndexes: [
      { IndexName: 'zeta', KeySchema: [hash('g')], Projection: ALL },
      { IndexName: 'alpha', KeySchema: [hash('g'), range('h')], Projection: KEYS_ONLY },
    ],
  },
  {
    TableName: 'Several',
    AttributeDefinitions: [S('p'), S('h1'), S('h2'), N('r1'), N('r2'), N('r3')],
    KeySchema: [hash('p')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'several',
        KeySchema: [hash('h1'), hash('h2'), range('r1'), range('r2'), range('r3')],
        Projection: ALL,
      },
    ],
  },
  { TableName: 'Protected', AttributeDefinitions: [S('id')], KeySchema: [hash('id')], DeletionProtectionEnabled: true },
  {
    TableName: 'Provisioned',
    AttributeDefinitions: [S('id')],
    KeySchema: [hash('id')],
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
  },
];

/** What the conditions of the requests meet. */
const ITEMS = [
  ['Plain', { id: { S: 'there' }, s: { S: 'text' }, n: { N: '1' }, m: { M: { x: { N: '1' } } }, l: { L: [{ N: '1' }] } }],
  ['Pair', { p: { S: 'there' }, s: { N: '1' } }],
];

/**
 * Defines a test for each line.
 * @param {string} title
 * @param {[cause: string, operation: string, input: object, message: string | RegExp, name?: string][]} lines
 */
export function refusals(title, lines) {
  everyWay(title, (region) => {
    before(async () => {
      const text = JSON.stringify(lines);
      const used = new Set(TABLES.map(({ TableName }) => TableName).filter((name) => text.includes(`"${name}"`)));
      for (const definition of TABLES) if (used.has(definition.TableName)) await region.table(definition);
      for (const [TableName, Item] of ITEMS) if (used.has(TableName)) await region.call('PutItem', { TableName, Item });
    });
    for (const [cause, operation, input, message, name = 'ValidationException'] of lines) {
      test(`${operation}: ${cause}`, async () => {
        await assert.rejects(region.call(operation, input), { name, message });
      });
    }
  });
}

/** The template of one member's fault, alone. */
export const one = (fault) => `1 validation error detected: ${fault}`;
/** The templates of several members' faults. */
export const several = (...faults) => `${faults.length} validation errors detected: ${faults.join('; ')}`;
/** One member's fault in the older form. */
export const member = (value, path, constraint) => `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
