// The packed package in a page of headless Chromium, without a bundler, its data in IndexedDB.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { launchChromium } from '../support/chromium.mjs';
import { packedProject } from '../support/packed.mjs';
import { EXPECTED } from './smoke.mjs';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>test</title>
<script type="importmap">{"imports":{"snowglobe":"/node_modules/snowglobe/dist/entries/browser.js"}}</script>`;

describe('Chromium', () => {
  let packed;
  let server;
  let browser;
  let page;
  const complaints = [];
  before(async () => {
    packed = await packedProject();
    server = createServer(async (request, response) => {
      const path = new URL(request.url, 'http://page').pathname;
      try {
        const body = path === '/' ? PAGE : await readFile(join(packed.project, normalize(path)));
        response.writeHead(200, {
          'content-type': path === '/' ? 'text/html' : (TYPES[extname(path)] ?? 'application/octet-stream'),
        });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launchChromium();
    page = await browser.context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await packed?.remove();
  });

  const inPage = (name, ...args) =>
    page.evaluate(
      async ([called, given]) => {
        const [snowglobe, program] = await Promise.all([import('snowglobe'), import('/smoke.mjs')]);
        return program[called](snowglobe, ...given);
      },
      [name, args],
    );

  test('a page runs the whole program', async () => {
    assert.deepEqual(await inPage('smoke'), EXPECTED);
  });

  test('IndexedDB keeps the database over a reload and in another page', async () => {
    assert.deepEqual(await inPage('life', 'indexeddb'), { count: 0, first: 30 });
    assert.deepEqual(await inPage('life', 'indexeddb'), { count: 30, first: 30 });
    await page.reload();
    assert.deepEqual(await inPage('life', 'indexeddb'), { count: 60, first: 30 });
    await page.reload();
    assert.deepEqual(await inPage('life', 'auto'), { count: 90, first: 30 });
  });

  test('one page at a time has a database; another is told so, and gets it when it is free', async () => {
    const other = await browser.context.newPage();
    await other.goto(page.url());
    const openIn = (where, name) =>
      where.evaluate(async (named) => {
        const { Snowglobe } = await import('snowglobe');
        globalThis.held = await Snowglobe.open({ name: named, storage: 'indexeddb' });
      }, name);
    await openIn(page, 'shared');
    await assert.rejects(openIn(other, 'shared'), /the database "shared" is open in another tab or worker of this site/);
    await openIn(other, 'other');
    await other.evaluate(() => globalThis.held.close());
    // A page that goes away without closing leaves nothing behind.
    await page.reload();
    await openIn(other, 'shared');
    await other.evaluate(() => globalThis.held.close());
    await other.close();
  });

  test('a worker runs the whole program', async () => {
    const seen = await page.evaluate(async (origin) => {
      const source = `
        import * as snowglobe from '${origin}/node_modules/snowglobe/dist/entries/browser.js';
        import { smoke } from '${origin}/smoke.mjs';
        postMessage(await smoke(snowglobe).catch((error) => String(error)));`;
      const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      });
    }, new URL(page.url()).origin);
    assert.deepEqual(seen, EXPECTED);
  });

  test('a bundler for pages needs to be told nothing', async () => {
    const { project, installed } = packed;
    const entry = join(project, 'app.mjs');
    const program = `import * as snowglobe from 'snowglobe';
      import { smoke } from './smoke.mjs';
      globalThis.seen = smoke(snowglobe);`;
    await writeFile(entry, program);
    const { warnings } = await build({
      entryPoints: [entry],
      outfile: join(project, 'bundled', 'app.js'),
      bundle: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    // This bundler leaves the module's address as it is, one folder up from the code; others bring the file along.
    await copyFile(join(installed, 'dist', 'snowglobe_wasm_bg.wasm'), join(project, 'snowglobe_wasm_bg.wasm'));
    await page.addScriptTag({ url: '/bundled/app.js', type: 'module' });
    assert.deepEqual(await page.evaluate(() => globalThis.seen), EXPECTED);
  });

  test('nothing was complained about', () => {
    assert.deepEqual(complaints, []);
  });
});
