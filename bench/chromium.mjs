// The same floor and the same document client in headless Chromium: a page served from here runs bench/page.mjs.

import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, QUIET } from '../scripts/lib/chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };

function serve() {
  const server = createServer((request, response) => {
    // Isolation gives the page the finer clock.
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>bench</title>');
      return;
    }
    const file = join(ROOT, normalize(path));
    if (!file.startsWith(ROOT) || !existsSync(file)) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Results as `measure` gives them, or undefined where there is no Chromium. */
export async function measureChromium(plan) {
  const executablePath = chromiumPath();
  if (!existsSync(executablePath)) {
    console.log(`left out: Chromium: ${executablePath} is not there`);
    return undefined;
  }
  const { chromium } = await import('playwright-core');
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ['--headless=new', ...QUIET] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(async (given) => {
      const { run } = await import('/bench/page.mjs');
      return run(given);
    }, plan);
  } finally {
    await browser.close();
    server.close();
  }
}
