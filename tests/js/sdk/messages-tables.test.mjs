// Refused table definitions and changes.

import { ALL } from '../../support/definitions.mjs';
import { refusals } from '../../support/messages.mjs';

const hash = (AttributeName) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName) => ({ AttributeName, KeyType: 'RANGE' });
const S = (AttributeName) => ({ AttributeName, AttributeType: 'S' });
const INVALID = 'One or more parameter values were invalid:';

const create = (rest) => [
  'CreateTable',
  { TableName: 'Fresh', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [S('id')], KeySchema: [hash('id')], ...rest },
];
const globals = (...list) => ({
  AttributeDefinitions: [S('id'), S('g')],
  GlobalSecondaryIndexes: list.map((one) => ({ IndexName: 'by-g', KeySchema: [hash('g')], Projection: ALL, ...one })),
});
const locals = (...list) => ({
  AttributeDefinitions: [S('id'), S('s'), S('l')],
  KeySchema: [hash('id'), range('s')],
  LocalSecondaryIndexes: list.map((one) => ({
    IndexName: 'by-l',
    KeySchema: [hash('id'), range('l')],
    Projection: ALL,
    ...one,
  })),
});
const change = (TableName, rest) => ['UpdateTable', { TableName, ...rest }];
const units = (ReadCapacityUnits, WriteCapacityUnits) => ({ ReadCapacityUnits, WriteCapacityUnits });

refusals('definitions', [
  [
    'on demand with capacity',
    ...create({ ProvisionedThroughput: units(1, 1) }),
    `${INVALID} Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
  ],
  [
    'local index without a sort key in the table',
    ...create({ ...locals({}), KeySchema: [hash('id')] }),
    `${INVALID} Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
  ],
  [
    'local index without a sort key',
    ...create({ ...locals({ KeySchema: [hash('id')] }), AttributeDefinitions: [S('id'), S('s')] }),
    `${INVALID} Index KeySchema does not have a range key for index: by-l`,
  ],
  ['a name for two indexes', ...create(globals({}, {})), `${INVALID} Duplicate index name: by-g`],
  [
    'INCLUDE without attributes',
    ...create(globals({ Projection: { ProjectionType: 'INCLUDE' } })),
    `${INVALID} ProjectionType is INCLUDE, but NonKeyAttributes is not specified`,
  ],
  [
    'KEYS_ONLY with attributes',
    ...create(globals({ Projection: { ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['a'] } })),
    `${INVALID} ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified`,
  ],
  [
    'ALL with attributes',
    ...create(globals({ Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['a'] } })),
    `${INVALID} ProjectionType is ALL, but NonKeyAttributes is specified`,
  ],
  [
    'a view of no stream',
    ...create({ StreamSpecification: { StreamEnabled: false, StreamViewType: 'KEYS_ONLY' } }),
    `${INVALID} Table is being created with a stream disabled, UpdateViewType should not be specified`,
  ],
  [
    'a definition that no key uses',
    ...create({ AttributeDefinitions: [S('id'), S('more')] }),
    `${INVALID} Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
  ],
  [
    'an index key without a definition',
    ...create({ ...globals({}), AttributeDefinitions: [S('id')] }),
    `${INVALID} Some index key attributes are not defined in AttributeDefinitions. Keys: [g], AttributeDefinitions: [id]`,
  ],
  [
    'a key attribute twice',
    ...create({ KeySchema: [hash('id'), range('id')] }),
    'Invalid KeySchema: Some index key attribute have no definition',
  ],
  [
    '21 global indexes',
    ...create({
      AttributeDefinitions: [S('id'), ...Array.from({ length: 21 }, (_, n) => S(`g${n}`))],
      GlobalSecondaryIndexes: Array.from({ length: 21 }, (_, n) => ({
        IndexName: `by-g${n}`,
        KeySchema: [hash(`g${n}`)],
        Projection: ALL,
      })),
    }),
    `${INVALID} GlobalSecondaryIndex count exceeds the per-table limit of 20`,
  ],
  [
    'capacity of an index on demand',
    ...create(globals({ ProvisionedThroughput: units(1, 1) })),
    `${INVALID} ProvisionedThroughput should not be specified for index: by-g when BillingMode is PAY_PER_REQUEST`,
  ],
  [
    'ceilings of a provisioned table',
    ...create({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units(1, 1),
      OnDemandThroughput: { MaxReadRequestUnits: 5 },
    }),
    `${INVALID} MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.`,
  ],
  [
    'a ceiling of nothing',
    ...create({ OnDemandThroughput: { MaxWriteRequestUnits: 0 } }),
    `${INVALID} Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range`,
  ],
  ['a name that is taken', ...create({ TableName: 'Plain' }), 'Table already exists: Plain', 'ResourceInUseException'],
]);

refusals('changes', [
  [
    'nothing',
    ...change('Plain', {}),
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
  ],
  [
    'to what it is',
    ...change('Provisioned', { ProvisionedThroughput: units(5, 6) }),
    'The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  ],
  [
    'to provisioned without capacity',
    ...change('Plain', { BillingMode: 'PROVISIONED' }),
    `${INVALID} ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
  ],
  [
    'one index twice',
    ...change('Indexed', {
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'zeta' } }, { Delete: { IndexName: 'zeta' } }],
    }),
    `${INVALID} Only one global secondary index update per index is allowed simultaneously. Index: zeta`,
  ],
  [
    'two indexes come at once',
    ...change('Plain', {
      AttributeDefinitions: [S('a'), S('b')],
      GlobalSecondaryIndexUpdates: ['a', 'b'].map((name) => ({
        Create: { IndexName: `by-${name}`, KeySchema: [hash(name)], Projection: ALL },
      })),
    }),
    'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    'LimitExceededException',
  ],
  [
    'an index that is not there is deleted',
    ...change('Plain', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'nowhere' } }] }),
    /Requested resource not found/,
    'ResourceNotFoundException',
  ],
  [
    'ceilings of a provisioned table',
    ...change('Provisioned', { OnDemandThroughput: { MaxReadRequestUnits: 5 } }),
    `${INVALID} MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED`,
  ],
  [
    'a stream that is off is switched off',
    ...change('Plain', { StreamSpecification: { StreamEnabled: false } }),
    'Table does not have a stream to disable: Plain',
  ],
  [
    'a protected table is deleted',
    'DeleteTable',
    { TableName: 'Protected' },
    'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  ],
]);
