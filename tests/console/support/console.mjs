// The console in headless Chromium, as `snowglobe serve` serves it, with the sample table loaded: one for each file of tests that imports
// this. Screenshots of what it looked like go to .tools/screenshots.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { loadSample } from '../../../scripts/sample/load.mjs';
import { launchChromium } from '../../support/chromium.mjs';
import { startServer } from '../../support/server.mjs';

const screenshots = fileURLToPath(new URL('../../../.tools/screenshots/', import.meta.url));
const FILMS = 3_201;

export let server;
export let browser;
/** The page that most tests look at. */
export let page;
/** A client of the region that the page shows. */
export let documents;
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
  assert.deepEqual(complaints, [], 'what the browser complained about');
});

/** A page of the console, ready: it says where its requests go and has read its tables. */
export async function open(preparation) {
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

export const summary = (pattern) => page.getByTestId('summary').filter({ hasText: pattern }).waitFor();
export const rows = () => page.locator('table.items tbody tr');
export const editor = () => page.getByRole('dialog');
export const run = () => page.getByRole('button', { name: 'Run', exact: true }).click();
// A busy machine may draw a page late: how long that takes is no part of what is tested.
export const shot = (name) => page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true, timeout: 120_000 });
export const filmOf = async (year, title) =>
  (await documents.get({ TableName: 'Movie', Key: { year, title }, ConsistentRead: true })).Item;

/** The entry of a table in the list of tables. */
export const entry = (name) =>
  page.getByRole('navigation', { name: 'Tables' }).getByRole('button', { name: new RegExp(`^${name}`) });
