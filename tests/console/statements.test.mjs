// PartiQL statements in the console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documents, entry, filmOf, page, rows, run, shot } from './support/console.mjs';

/** The form for statements, filled in and sent. */
async function statement(text, parameters = '', pageSize = '50') {
  await page.getByLabel('Statement').fill(text);
  await page.getByLabel('Parameters, a list in plain JSON').fill(parameters);
  await page.getByLabel('Page size').fill(pageSize);
  await run();
}

const returned = (pattern) => page.getByTestId('statement-summary').filter({ hasText: pattern }).waitFor();

test('runs PartiQL and pages through what it returns', async () => {
  await page.getByRole('tab', { name: 'PartiQL' }).click();
  await page.getByText('Nothing to show yet.').waitFor();
  await shot('statement-empty');
  const Statement = 'SELECT title, imdbRating FROM "Movie" WHERE "year" = ? AND begins_with(title, ?)';
  const { Items } = await documents.executeStatement({ Statement, Parameters: [1999, 'The '] });
  assert.ok(Items.length > 10 && Items.length <= 50, String(Items.length));
  await statement(Statement, '[1999, "The "]', '10');
  await returned(/^10 items on page 1, [\d.]+ units$/);
  const titles = async () => rows().locator('td:first-child').allInnerTexts();
  assert.deepEqual(
    await titles(),
    Items.slice(0, 10).map(({ title }) => title),
  );
  await shot('statement');
  await page.getByRole('button', { name: 'Next page' }).click();
  await returned(/on page 2/);
  assert.deepEqual(
    await titles(),
    Items.slice(10, 20).map(({ title }) => title),
  );
  await page.getByRole('button', { name: 'Previous page' }).click();
  await returned(/^10 items on page 1/);
  assert.equal((await titles())[0], Items[0].title);
  // What was written is still there after a look at something else.
  await page.getByRole('tab', { name: 'Cluster' }).click();
  await page.getByRole('tab', { name: 'PartiQL' }).click();
  assert.equal(await page.getByLabel('Statement').inputValue(), Statement);
  await page.getByLabel('Statement').press('Control+Enter');
  await returned(/^10 items on page 1/);
});

test('writes by PartiQL', async () => {
  const key = { year: 2999, title: "A film of 'one' day" };
  const table = entry('Movie');
  const tags = '{"SS": ["x", "y"]}';
  await statement(
    `INSERT INTO "Movie" VALUE {'year': ?, 'title': ?, 'tags': ?}`,
    `[${key.year}, ${JSON.stringify(key.title)}, ${tags}]`,
  );
  await returned(/^0 items on page 1, [\d.]+ units$/);
  await table.filter({ hasText: '3,202 items' }).waitFor();
  assert.deepEqual(await filmOf(key.year, key.title), { ...key, tags: new Set(['x', 'y']) });
  const where = `WHERE "year" = 2999 AND title = 'A film of ''one'' day'`;
  await statement(`UPDATE "Movie" SET note = 'seen' ${where} RETURNING ALL NEW *`);
  await returned(/^1 item on page 1/);
  assert.deepEqual(await rows().locator('td').allInnerTexts(), ['2999', key.title, '{x, y}', 'seen']);
  await statement(`DELETE FROM "Movie" ${where}`);
  await table.filter({ hasText: '3,201 items' }).waitFor();
  assert.equal(await filmOf(key.year, key.title), undefined);
});

test('a refused statement shows the service’s own words, and parameters that are no list a word on them', async () => {
  const refused = page.getByTestId('notice');
  for (const [text, parameters] of [
    ['SELEC * FROM "Movie"', ''],
    ['SELECT * FROM "Movie" WHERE "year" = ?', ''],
    ['SELECT * FROM "Nowhere"', ''],
    [`INSERT INTO "Movie" VALUE {'year': 1999, 'title': 'The Matrix'}`, ''],
  ]) {
    const told = await documents.executeStatement({ Statement: text }).catch((error) => error);
    await statement(text, parameters);
    await refused.filter({ hasText: told.name }).filter({ hasText: told.message }).waitFor();
    await page.getByText('Nothing to show yet.').waitFor();
  }
  await shot('statement-refused');
  await statement('SELECT * FROM "Movie" WHERE "year" = ?', '1999');
  await refused.filter({ hasText: 'The parameters must be a list in JSON' }).waitFor();
  await statement('SELECT * FROM "Movie" WHERE "year" = ?', '[1999');
  await refused.filter({ hasText: 'JSON' }).waitFor();
  await statement('SELECT * FROM "Movie" WHERE "year" = ?', '[1999]', '5');
  await returned(/^5 items on page 1/);
  assert.equal(await refused.count(), 0);
  await page.getByRole('tab', { name: 'Items' }).click();
});
