// Tables that come, change and go.

import { subset } from './values.mjs';

/** Table definitions with something wrong or odd about them. Those that succeed are deleted by the next ones. */
export function tables(r) {
  if (r.chance(0.2)) return ['DeleteTable', { TableName: 'Made' }];
  if (r.chance(0.2)) {
    const body = { TableName: r.pick(['Simple', 'Absent', 'ab', 'Made']) };
    if (r.chance(0.5)) body.ProvisionedThroughput = { ReadCapacityUnits: r.pick([5, 0]), WriteCapacityUnits: 5 };
    if (r.chance(0.2)) body.BillingMode = 'PROVISIONED';
    if (r.chance(0.2))
      body.GlobalSecondaryIndexUpdates = r.pick([
        [],
        [{}],
        [{ Delete: { IndexName: 'none' } }],
        [{ Update: { IndexName: 'none', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } } }],
      ]);
    if (r.chance(0.2)) body.StreamSpecification = { StreamEnabled: false };
    return ['UpdateTable', body];
  }
  const element = (AttributeName, KeyType) => ({ AttributeName, KeyType });
  const definition = (AttributeName) => ({ AttributeName, AttributeType: r.chance(0.95) ? r.pick(['S', 'N', 'B']) : 'X' });
  const throughput = () => ({ ReadCapacityUnits: r.pick([1, 1, 1, 0]), WriteCapacityUnits: 1 });
  const projection = () =>
    r.pick([
      { ProjectionType: 'ALL' },
      { ProjectionType: 'KEYS_ONLY' },
      { ProjectionType: 'INCLUDE', NonKeyAttributes: ['z'] },
      { ProjectionType: 'INCLUDE' },
      { ProjectionType: 'ALL', NonKeyAttributes: ['z'] },
      {},
    ]);
  const body = {
    TableName: r.chance(0.95) ? 'Made' : r.pick(['Simple', 'ab', 'a b', '']),
    AttributeDefinitions: subset(r, ['pk', 'sk', 'a', 'b']).map(definition),
    KeySchema: r.pick([
      [element('pk', 'HASH')],
      [element('pk', 'HASH')],
      [element('pk', 'HASH'), element('sk', 'RANGE')],
      [element('pk', 'HASH'), element('sk', 'RANGE')],
      [element('pk', 'RANGE')],
      [element('pk', 'HASH'), element('sk', 'HASH')],
      [element('pk', 'HASH'), element('pk', 'RANGE')],
    ]),
  };
  if (r.chance(0.6)) {
    const used = new Set(body.KeySchema.map((part) => part.AttributeName));
    body.AttributeDefinitions = [...used].map(definition);
  }
  if (r.chance(0.3)) body.BillingMode = 'PAY_PER_REQUEST';
  if (r.chance(body.BillingMode ? 0.1 : 0.9)) body.ProvisionedThroughput = throughput();
  if (r.chance(0.3)) {
    body.GlobalSecondaryIndexes = Array.from({ length: r.below(3) }, (_, n) => ({
      IndexName: r.pick([`global${n}`, 'global']),
      KeySchema: r.pick([[element('a', 'HASH')], [element('a', 'HASH'), element('b', 'RANGE')], [element('pk', 'HASH')]]),
      Projection: projection(),
      ...(r.chance(body.BillingMode ? 0.1 : 0.9) ? { ProvisionedThroughput: throughput() } : {}),
    }));
    if (r.chance(0.8))
      body.AttributeDefinitions = [
        ...new Set(
          [...body.KeySchema, ...body.GlobalSecondaryIndexes.flatMap((index) => index.KeySchema)].map(
            (part) => part.AttributeName,
          ),
        ),
      ].map(definition);
  }
  if (r.chance(0.2)) {
    body.LocalSecondaryIndexes = [
      {
        IndexName: r.pick(['local', 'global']),
        KeySchema: [element(r.pick(['pk', 'pk', 'a']), 'HASH'), element('b', 'RANGE')],
        Projection: projection(),
      },
    ];
    if (r.chance(0.8))
      body.AttributeDefinitions = [
        ...new Set(
          [
            ...body.KeySchema,
            ...(body.GlobalSecondaryIndexes ?? []).flatMap((index) => index.KeySchema),
            ...body.LocalSecondaryIndexes[0].KeySchema,
          ].map((part) => part.AttributeName),
        ),
      ].map(definition);
  }
  if (r.chance(0.1))
    body.StreamSpecification = r.pick([
      { StreamEnabled: false },
      { StreamEnabled: true },
      { StreamEnabled: false, StreamViewType: 'KEYS_ONLY' },
      { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    ]);
  return ['CreateTable', body];
}
