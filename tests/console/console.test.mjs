// The console in headless Chromium, as `snowglobe serve` serves it, with the sample table loaded. Screenshots of what it looked like go to
// .tools/screenshots.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { loadSample } from '../../scripts/sample/load.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { startServer } from '../support/server.mjs';

const screenshots = fileURLToPath(new URL('../../.tools/screenshots/', import.meta.url));
const FILMS = 3_201;

describe('the console', () => {
  let server;
  let browser;
  let page;
  let documents;
  const complaints = [];
  before(async () => {
    await mkdir(screenshots, { recursive: true });
    server = await startServer('--memory', '--region', 'local-1');
    assert.equal(await loadSample(server.endpoint), FILMS);
    documents = DynamoDBDocument.from(
      new DynamoDB({
        endpoint: server.endpoint,
        region: 'local-1',
        credentials: { accessKeyId: 'console', secretAccessKey: 'console' },
      }),
    );
    browser = await launchChromium({ viewport: { width: 1280, height: 900 } });
    page = await open();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A page of the console, ready: it says where its requests go and has read its tables. */
  async function open(preparation) {
    const opened = await browser.context.newPage();
    opened.setDefaultTimeout(15_000);
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('console', (message) => {
      // The browser reports each answer of 400; those are asked for here.
      if (message.type() === 'error' && !/status of 400/.test(message.text())) complaints.push(message.text());
    });
    await preparation?.(opened);
    await opened.goto(`${server.endpoint}/`);
    await opened.getByText('Ready', { exact: true }).waitFor();
    return opened;
  }

  const summary = (pattern) => page.getByTestId('summary').filter({ hasText: pattern }).waitFor();
  const rows = () => page.locator('table.items tbody tr');
  // A busy machine may draw a page late: how long that takes is no part of what is tested.
  const shot = (name) => page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true, timeout: 120_000 });
  const run = () => page.getByRole('button', { name: 'Run', exact: true }).click();
  const filmOf = async (year, title) =>
    (await documents.get({ TableName: 'Movie', Key: { year, title }, ConsistentRead: true })).Item;

  test('shows the endpoint that served it, its table, and how many films are in it', async () => {
    assert.equal(await page.title(), 'Snowglobe console');
    await page
      .getByTestId('backend')
      .filter({ hasText: new URL(server.endpoint).host })
      .waitFor();
    const table = page.getByRole('navigation', { name: 'Tables' }).getByRole('button', { name: /^Movie/ });
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
    assert.ok(
      titles.length > 0 && titles.length < Count && titles.every((title) => title.startsWith('The ')),
      titles.join(', '),
    );
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

  const editor = () => page.getByRole('dialog');
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
    for (const name of ['Movie', 'ByGenre', 'ByReleaseDate'])
      await panel.getByRole('rowheader', { name, exact: true }).waitFor();
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
    await page
      .getByRole('navigation', { name: 'Tables' })
      .getByRole('button', { name: /^Vectors/ })
      .click();
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
    await page
      .getByRole('navigation', { name: 'Tables' })
      .getByRole('button', { name: /^Movie/ })
      .click();
  });

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
    const table = page.getByRole('navigation', { name: 'Tables' }).getByRole('button', { name: /^Movie/ });
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

  test('the page’s own region, with the sample, is there after a reload; the endpoint is untouched', async () => {
    await page.getByLabel('This browser').check();
    await page.getByTestId('backend').filter({ hasText: 'IndexedDB' }).waitFor();
    await page.getByText('No table yet').waitFor();
    await page.getByRole('button', { name: 'Load the sample' }).click();
    await page.getByTestId('notice').filter({ hasText: '3201 films' }).waitFor({ timeout: 60_000 });
    const table = page.getByRole('navigation', { name: 'Tables' }).getByRole('button', { name: /^Movie/ });
    await table.filter({ hasText: '3,201 items' }).waitFor();
    await summary(/^50 of 50 items/);
    await rows().first().getByRole('button').click();
    const text = editor().getByLabel('Item', { exact: true });
    const film = JSON.parse(await text.inputValue());
    await text.fill(JSON.stringify({ ...film, note: 'mine' }));
    await editor().getByRole('button', { name: 'Save' }).click();
    await editor().waitFor({ state: 'detached' });
    await page.reload();
    await page.getByTestId('backend').filter({ hasText: 'IndexedDB' }).waitFor();
    await table.filter({ hasText: '3,201 items' }).waitFor();
    await summary(/^50 of 50 items/);
    await rows().first().getByRole('button').click();
    assert.equal(JSON.parse(await text.inputValue()).note, 'mine');
    await page.keyboard.press('Escape');
    assert.equal((await filmOf(film.year, film.title)).note, undefined);
    await page.getByLabel('Endpoint').check();
    await page
      .getByTestId('backend')
      .filter({ hasText: new URL(server.endpoint).host })
      .waitFor();
  });

  test('an endpoint that is gone is told of, and the switch stays where it is', async () => {
    const gone = await startServer('--memory');
    const left = await browser.context.newPage();
    left.setDefaultTimeout(15_000);
    await left.goto(gone.endpoint);
    await left.getByText('Ready', { exact: true }).waitFor();
    await left.getByText('No table yet').waitFor();
    await left.getByRole('tab', { name: 'Cluster' }).click();
    await left.getByText('No partitions: there are no tables yet.').waitFor();
    await gone.stop();
    await left.getByText('The cluster has not answered.').waitFor();
    await left.getByRole('button', { name: 'Refresh' }).click();
    await left
      .getByTestId('notice')
      .filter({ hasText: `the endpoint ${new URL(gone.endpoint).host} does not answer` })
      .waitFor();
    // The page's own region has its code from the same place.
    await left.getByLabel('This browser').click();
    await left.getByTestId('notice').filter({ hasText: 'Connecting' }).waitFor();
    assert.deepEqual(
      [await left.getByLabel('Endpoint').isChecked(), await left.getByLabel('This browser').isChecked()],
      [true, false],
    );
    await left.close();
  });

  test('everything is reached with the keyboard alone', async () => {
    await page.evaluate(() => localStorage.setItem('snowglobe-console-backend', 'endpoint'));
    await page.reload();
    await page.getByText('Ready', { exact: true }).waitFor();
    await summary(/^50 of 50 items/);
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return (element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? '')
          .trim()
          .slice(0, 60);
      });
    const reached = [];
    const tabTo = async (pattern, limit = 60) => {
      for (let n = 0; n < limit; n += 1) {
        await page.keyboard.press('Tab');
        const name = await focused();
        reached.push(name);
        if (pattern.test(name)) return;
      }
      assert.fail(`Tab does not reach ${pattern}: ${reached.join(' | ')}`);
    };
    await tabTo(/^Skip to the content/);
    assert.ok(await page.getByText('Skip to the content').isVisible());
    await tabTo(/Endpoint|This browser/);
    await tabTo(/^Movie/);
    await tabTo(/^Items$/);
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'Keys and indexes');
    assert.equal(await page.getByRole('tab', { name: 'Keys and indexes' }).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('ArrowLeft');
    await summary(/^50 of 50 items/);
    await tabTo(/^Operation/);
    await tabTo(/^Run$/);
    await page.keyboard.press('Enter');
    await summary(/^50 of 50 items/);
    await tabTo(/^Next page$/);
    await page.keyboard.press('Enter');
    await summary(/on page 2/);
    await page.locator('table.items button').first().focus();
    await page.keyboard.press('Enter');
    await editor().waitFor();
    assert.ok(await editor().evaluate((dialog) => dialog.contains(document.activeElement)), 'the focus is inside the dialog');
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Tab');
      assert.ok(
        await editor().evaluate(
          (dialog) => dialog.contains(document.activeElement) || document.activeElement === document.body,
        ),
        'and stays there',
      );
    }
    await page.keyboard.press('Escape');
    await editor().waitFor({ state: 'detached' });
    assert.equal(
      await page.evaluate(() => document.activeElement.closest('table')?.className.includes('items') ?? false),
      true,
      'the focus is back',
    );
  });

  test('nothing moves while the page loads', async () => {
    const opened = await open((fresh) =>
      fresh.addInitScript(() => {
        localStorage.setItem('snowglobe-console-backend', 'endpoint');
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput)
              globalThis.shifts.push({
                value: entry.value,
                at: entry.sources?.map(({ node }) => node?.outerHTML?.slice(0, 80)),
              });
          }
        }).observe({ type: 'layout-shift', buffered: true });
      }),
    );
    await opened
      .getByTestId('summary')
      .filter({ hasText: /^50 of 50/ })
      .waitFor();
    await opened.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shifts = await opened.evaluate(() => globalThis.shifts);
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    assert.ok(sum < 0.01, `cumulative layout shift ${sum}: ${JSON.stringify(shifts)}`);
    await opened.close();
  });

  /** Texts that do not stand out from what is behind them: WCAG's contrast below 4.5, disabled controls left out. */
  const unreadable = () =>
    page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      // A canvas turns any notation of a colour into bytes.
      const bytes = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const luminance = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
      };
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = bytes(getComputedStyle(at).backgroundColor);
          if (colour[3] > 200) return colour;
        }
        return bytes(
          getComputedStyle(document.documentElement).colorScheme.includes('dark') &&
            matchMedia('(prefers-color-scheme: dark)').matches
            ? '#000'
            : '#fff',
        );
      };
      const poor = [];
      for (const element of document.body.querySelectorAll('*')) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
        if (
          !own ||
          element.closest(':disabled, script, style, .skip') ||
          !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        )
          continue;
        const [a, b] = [luminance(bytes(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5) poor.push(`${element.tagName} "${element.textContent.trim().slice(0, 30)}" ${contrast.toFixed(2)}`);
      }
      return [...new Set(poor)];
    });

  for (const colorScheme of ['light', 'dark']) {
    test(`is readable in ${colorScheme}, wide and narrow`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const name of ['Keys and indexes', 'PartiQL', 'Cluster', 'Items']) {
        await page.getByRole('tab', { name }).click();
        await page.getByRole('tabpanel', { name }).waitFor();
        // Colours change by transitions: what counts is where they end.
        await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
        await shot(`${name.split(' ')[0].toLowerCase()}-${colorScheme}`);
        assert.deepEqual(await unreadable(), [], name);
      }
      await page.setViewportSize({ width: 420, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await shot(`narrow-${colorScheme}`);
      await page.setViewportSize({ width: 1280, height: 900 });
      assert.ok(overflow <= 0, `the page is ${overflow} pixels wider than a narrow window`);
    });
  }

  test('nothing was complained about', () => {
    assert.deepEqual(complaints, []);
  });
});
