// PartiQL through the AWS SDK, and through the package's own document client with lib-dynamodb's commands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchExecuteStatementCommand, ExecuteStatementCommand, ExecuteTransactionCommand } from '@aws-sdk/lib-dynamodb';
import { Snowglobe } from 'snowglobe';
import { withSdk } from '../../support/region.mjs';

const table = (TableName) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});

withSdk('statements', (region) => {
  test('an item is inserted, read, changed and deleted', async () => {
    const name = await region.table();
    const { documents } = region;
    await documents.executeStatement({
      Statement: `INSERT INTO "${name}" VALUE {'id':?,'n':1,'s':<<'a'>>}`,
      Parameters: ['x'],
    });
    const { Items } = await documents.executeStatement({
      Statement: `SELECT * FROM "${name}" WHERE id = ?`,
      Parameters: ['x'],
    });
    assert.deepEqual(Items, [{ id: 'x', n: 1, s: new Set(['a']) }]);
    const update = { Statement: `UPDATE "${name}" SET n = n + ? WHERE id = 'x' RETURNING ALL NEW *`, Parameters: [2] };
    assert.equal((await documents.executeStatement(update)).Items[0].n, 3);
    await assert.rejects(documents.executeStatement({ Statement: `INSERT INTO "${name}" VALUE {'id':'x'}` }), {
      name: 'DuplicateItemException',
      message: 'Duplicate primary key exists in table',
    });
    await documents.executeStatement({ Statement: `DELETE FROM "${name}" WHERE id = 'x'` });
    assert.deepEqual((await documents.executeStatement({ Statement: `SELECT * FROM "${name}"` })).Items, []);
  });

  test('a SELECT goes on where its token says', async () => {
    const name = await region.table();
    for (const id of ['a', 'b', 'c']) {
      await region.documents.executeStatement({ Statement: `INSERT INTO "${name}" VALUE {'id':'${id}'}` });
    }
    const seen = [];
    const statement = { Statement: `SELECT id FROM "${name}" WHERE id IN ['c','a','b']`, Limit: 1 };
    let NextToken;
    do {
      const page = await region.documents.executeStatement({ ...statement, NextToken });
      seen.push(...page.Items);
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    assert.deepEqual(seen, [{ id: 'c' }, { id: 'a' }, { id: 'b' }]);
  });

  test('members of a batch fail by themselves', async () => {
    const name = await region.table();
    const { Responses } = await region.documents.batchExecuteStatement({
      Statements: [
        { Statement: `INSERT INTO "${name}" VALUE {'id':'a'}` },
        { Statement: `UPDATE "${name}" SET n = 1 WHERE id = 'absent'` },
      ],
    });
    assert.deepEqual(Responses[0], { TableName: name });
    assert.equal(Responses[1].Error.Code, 'ConditionalCheckFailed');
  });

  test('a transaction that is cancelled says why', async () => {
    const name = await region.table();
    const statements = (...list) => ({ TransactStatements: list.map((Statement) => ({ Statement })) });
    await region.documents.executeTransaction(statements(`INSERT INTO "${name}" VALUE {'id':'a'}`));
    await assert.rejects(
      region.documents.executeTransaction(
        statements(`INSERT INTO "${name}" VALUE {'id':'a'}`, `INSERT INTO "${name}" VALUE {'id':'b'}`),
      ),
      (error) =>
        error.name === 'TransactionCanceledException' &&
        error.CancellationReasons.map((reason) => reason.Code).join() === 'DuplicateItem,None',
    );
  });
});

test('lib-dynamodb’s commands do the same through the document client', async () => {
  const db = await Snowglobe.open({ storage: 'memory' });
  await db.createTable(table('things'));
  const doc = db.documentClient();
  await doc.send(new ExecuteStatementCommand({ Statement: "INSERT INTO things VALUE {'id':?,'l':[1]}", Parameters: ['a'] }));
  const batch = await doc.send(
    new BatchExecuteStatementCommand({ Statements: [{ Statement: 'SELECT * FROM things WHERE id = ?', Parameters: ['a'] }] }),
  );
  assert.deepEqual(batch.Responses, [{ TableName: 'things', Item: { id: 'a', l: [1] } }]);
  const read = await doc.send(
    new ExecuteTransactionCommand({ TransactStatements: [{ Statement: "SELECT l FROM things WHERE id = 'a'" }] }),
  );
  assert.deepEqual(read.Responses, [{ Item: { l: [1] } }]);
  const { Items } = await doc.executeStatement({ Statement: 'SELECT id FROM things WHERE contains(l, ?)', Parameters: [1] });
  assert.deepEqual(Items, [{ id: 'a' }]);
  await db.close();
});
