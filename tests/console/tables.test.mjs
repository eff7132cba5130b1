// Tables in the console: their keys and indexes, their vector search, their partitions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { documents, entry, page, shot } from './support/console.mjs';

test('shows the cluster: three replicas a partition, one of them the leader, all at one position', async () => {
  await page.getByRole('tab', { name: 'Cluster' }).click();
  const partitions = page.getByRole('article', { name: /^Partition/ });
  await partitions.first().waitFor();
  const seen = await partitions.evaluateAll((articles) =>
    articles.map((article) => ({
      title: article.querySelector('strong').textContent,
      roles: [...article.querySelectorAll('.role')].map((role) => role.textContent).sort(),
    })),
  );
  assert.ok(seen.length >= 2);
  for (const { roles } of seen) assert.deepEqual(roles, ['follower', 'follower', 'leader']);
  assert.ok(
    seen.some(({ title }) => title === 'Movie') && seen.some(({ title }) => title === 'Movie / ByGenre'),
    JSON.stringify(seen),
  );
  await shot('cluster');
});

test('shows keys and indexes', async () => {
  await page.getByRole('tab', { name: 'Keys and indexes' }).click();
  const panel = page.getByRole('tabpanel');
  for (const name of ['Movie', 'ByGenre', 'ByReleaseDate']) await panel.getByRole('rowheader', { name, exact: true }).waitFor();
  assert.match(await panel.innerText(), /arn:aws:dynamodb:local-1:\d{12}:table\/Movie/);
  await shot('schema');
  await page.getByRole('tab', { name: 'Items' }).click();
});

test('searches a vector index', async () => {
  const TableName = 'Vectors';
  await documents.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'tenant', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      VectorIndexes: [
        {
          IndexName: 'near',
          VectorAttribute: { AttributeName: 'v' },
          Dimensions: 2,
          DistanceFunction: 'EUCLIDEAN',
          SearchSchema: [{ AttributeName: 'tenant', SearchSchemaElementType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  for (const [id, v] of Object.entries({ far: [9, 9], close: [1, 1] }))
    await documents.put({ TableName, Item: { id, tenant: 'x', v } });
  await page.reload();
  await page.getByText('Ready', { exact: true }).waitFor();
  await entry('Vectors').click();
  await page.getByRole('tab', { name: 'Keys and indexes' }).click();
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('cell', { name: 'v: 2 dimensions, euclidean' }).waitFor();
  await panel.getByLabel('Vector of 2 numbers').fill('[1, 0]');
  await panel.getByLabel('tenant =').fill('x');
  await panel.getByRole('button', { name: 'Search' }).click();
  const nearest = panel.getByTestId('nearest').locator('tbody tr');
  await nearest.first().waitFor();
  assert.deepEqual(await nearest.locator('td').allInnerTexts(), [
    '1',
    '{"id":"close","tenant":"x"}',
    '12.041594505310059',
    '{"id":"far","tenant":"x"}',
  ]);
  await shot('vectors');
  await page.getByRole('tab', { name: 'Items' }).click();
  await entry('Movie').click();
});

test('creates a table and deletes it', async () => {
  const dialog = page.getByRole('dialog');
  const request = dialog.getByLabel('The request, in JSON');
  await page.getByRole('button', { name: 'Create a table' }).click();
  const template = JSON.parse(await request.inputValue());
  await request.fill(JSON.stringify({ ...template, KeySchema: [] }));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'ValidationException' }).waitFor();
  await request.fill(JSON.stringify(template));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'detached' });
  await entry('Order').filter({ hasText: '0 items' }).waitFor();
  await page.getByText('No items on this page.').waitFor();
  await page.getByRole('tab', { name: 'Keys and indexes' }).click();
  const answers = [];
  page.on('dialog', async (question) => {
    answers.push(question.message());
    await (answers.length === 1 ? question.dismiss() : question.accept());
  });
  const remove = () => page.getByRole('button', { name: 'Delete the table' }).click();
  await remove();
  assert.ok(await entry('Order').isVisible(), 'a question that was not answered with yes deletes nothing');
  await remove();
  await entry('Order').waitFor({ state: 'detached' });
  assert.deepEqual(answers, Array(2).fill('Delete the table Order and its 0 items?'));
});
