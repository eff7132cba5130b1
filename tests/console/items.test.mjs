// Items in the console: pages, queries, and the editor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { documents, editor, entry, filmOf, page, rows, run, server, shot, summary } from './support/console.mjs';

test('shows the endpoint that served it, its table, and how many films are in it', async () => {
  assert.equal(await page.title(), 'Snowglobe console');
  await page
    .getByTestId('backend')
    .filter({ hasText: new URL(server.endpoint).host })
    .waitFor();
  const table = entry('Movie');
  await table.filter({ hasText: '3,201 items' }).waitFor();
  await summary(/^50 of 50 items evaluated on page 1/);
  assert.equal(await rows().count(), 50);
  await shot('items');
});

test('pages forwards and back', async () => {
  const firstRow = () => rows().first().innerText();
  const one = await firstRow();
  await page.getByRole('button', { name: 'Next page' }).click();
  await summary(/on page 2/);
  const two = await firstRow();
  assert.notEqual(two, one);
  await page.getByRole('button', { name: 'Next page' }).click();
  await summary(/on page 3/);
  await page.getByRole('button', { name: 'Previous page' }).click();
  await summary(/on page 2/);
  assert.equal(await firstRow(), two);
  await page.getByRole('button', { name: 'Previous page' }).click();
  await summary(/on page 1/);
  assert.equal(await firstRow(), one);
  assert.ok(await page.getByRole('button', { name: 'Previous page' }).isDisabled());
});

test('queries by key, with a condition on the sort key', async () => {
  await page.getByLabel('Operation').selectOption('query');
  await page.getByLabel('year =').fill('1999');
  await page.getByLabel('Page size').fill('500');
  await run();
  const { Count } = await documents.query({
    TableName: 'Movie',
    KeyConditionExpression: '#y = :y',
    ExpressionAttributeNames: { '#y': 'year' },
    ExpressionAttributeValues: { ':y': 1999 },
    Select: 'COUNT',
  });
  await summary(new RegExp(`^${Count} of ${Count} items`));
  await page.locator('.search select').nth(2).selectOption('begins_with');
  await page.getByLabel('value', { exact: true }).fill('The ');
  await run();
  await summary(/^(?!0 )\d+ of/);
  const titles = await rows().locator('td:nth-child(2)').allInnerTexts();
  assert.ok(titles.length > 0 && titles.length < Count && titles.every((title) => title.startsWith('The ')), titles.join(', '));
  await shot('query');
});

test('queries by an index', async () => {
  await page.getByLabel('Table or index').selectOption('ByGenre');
  await page.getByLabel('genre =').fill('Western');
  await page.locator('.search select').nth(2).selectOption('>=');
  await page.getByLabel('value', { exact: true }).fill('8');
  await run();
  await summary(/^(?!0 )\d+ of/);
  const { Count } = await documents.query({
    TableName: 'Movie',
    IndexName: 'ByGenre',
    KeyConditionExpression: 'genre = :g AND imdbRating >= :r',
    ExpressionAttributeValues: { ':g': 'Western', ':r': 8 },
    Select: 'COUNT',
  });
  await summary(new RegExp(`^${Count} of ${Count} items`));
});

test('a refused query shows the service’s own words', async () => {
  await page.getByText('Filter and options').click();
  await page.getByLabel('FilterExpression').fill('imdbVotes > :missing');
  await run();
  const alert = page.getByTestId('notice');
  await alert.filter({ hasText: 'ValidationException' }).waitFor();
  assert.match(
    await alert.innerText(),
    /Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :missing/,
  );
  await page.getByLabel('FilterExpression').fill('');
  for (const [size, message] of [
    ['many', /SerializationException.*cannot be converted to Integer/],
    ['0', /ValidationException.*greater than or equal to 1/],
  ]) {
    await page.getByLabel('Page size').fill(size);
    await run();
    await alert.filter({ hasText: message }).waitFor();
  }
  await page.getByLabel('Page size').fill('500');
});

async function openFilm(title) {
  await page.getByLabel('Operation').selectOption('query');
  await page.getByLabel('Table or index').selectOption('');
  await page.getByLabel('year =').fill('1999');
  await page.locator('.search select').nth(2).selectOption('=');
  await page.getByLabel('value', { exact: true }).fill(title);
  await run();
  await summary(/^1 of 1 items/);
  await rows().first().getByRole('button').click();
  await editor().waitFor();
}

test('edits an item in plain JSON and in DynamoDB JSON', async () => {
  await openFilm('The Matrix');
  const text = editor().getByLabel('Item', { exact: true });
  const plain = JSON.parse(await text.inputValue());
  assert.deepEqual([plain.year, plain.title], [1999, 'The Matrix']);
  await text.fill(JSON.stringify({ ...plain, note: 'plain', list: [1, 'a', null] }));
  await editor().getByRole('button', { name: 'Save' }).click();
  await editor().waitFor({ state: 'detached' });
  assert.deepEqual(
    [(await filmOf(1999, 'The Matrix')).note, (await filmOf(1999, 'The Matrix')).list],
    ['plain', [1, 'a', null]],
  );
  await rows().first().getByRole('button').click();
  await editor().getByLabel('DynamoDB JSON').check();
  const typed = JSON.parse(await text.inputValue());
  assert.deepEqual([typed.year, typed.note], [{ N: '1999' }, { S: 'plain' }]);
  await shot('editor');
  await text.fill(JSON.stringify({ ...typed, note: { S: 'typed' }, tags: { SS: ['x', 'y'] } }));
  await editor().getByRole('button', { name: 'Save' }).click();
  await editor().waitFor({ state: 'detached' });
  const saved = await filmOf(1999, 'The Matrix');
  assert.deepEqual([saved.note, saved.tags], ['typed', new Set(['x', 'y'])]);
});

test('a refused item shows the service’s own words, and stays in the editor', async () => {
  await openFilm('The Matrix');
  const text = editor().getByLabel('Item', { exact: true });
  await editor().getByLabel('DynamoDB JSON').check();
  await text.fill(JSON.stringify({ year: { N: '1999' }, title: { S: 'The Matrix' }, bad: { N: 'abc' } }));
  await editor().getByRole('button', { name: 'Save' }).click();
  const problem = editor().getByRole('alert').filter({ hasText: 'ValidationException' });
  await problem.waitFor();
  assert.match(await problem.innerText(), /The parameter cannot be converted to a numeric value: abc/);
  await text.fill('{ not json');
  await editor().getByRole('button', { name: 'Save' }).click();
  await editor().getByRole('alert').filter({ hasNotText: 'ValidationException' }).filter({ hasText: /\S/ }).waitFor();
  await page.keyboard.press('Escape');
  await editor().waitFor({ state: 'detached' });
  assert.equal((await filmOf(1999, 'The Matrix')).bad, undefined);
});

test('deletes an item', async () => {
  await documents.put({ TableName: 'Movie', Item: { year: 1999, title: 'To be deleted' } });
  await openFilm('To be deleted');
  await editor().getByRole('button', { name: 'Delete' }).click();
  await editor().waitFor({ state: 'detached' });
  await summary(/^0 of 0 items/);
  assert.equal(await filmOf(1999, 'To be deleted'), undefined);
});

test('a key of white space can be seen and opened, and attributes beyond the last column are named', async () => {
  const others = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`attribute${String(n).padStart(2, '0')}`, n]));
  await documents.send(
    new CreateTableCommand({
      TableName: 'Wide',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await documents.put({ TableName: 'Wide', Item: { id: ' ', ...others, attribute00: '' } });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await entry('Wide').click();
  await summary(/^1 of 1 items/);
  assert.equal(await rows().locator('td').nth(1).innerText(), '""');
  await page.getByText('Not shown here: attribute11, attribute12, attribute13', { exact: true }).waitFor();
  await rows().getByRole('button', { name: '" "' }).click();
  const text = editor().getByLabel('Item', { exact: true });
  assert.equal(JSON.parse(await text.inputValue()).id, ' ');
  assert.ok(await text.evaluate((area) => area === document.activeElement), 'what is to be edited has the focus');
  await page.keyboard.press('Escape');
  await documents.send(new DeleteTableCommand({ TableName: 'Wide' }));
});
