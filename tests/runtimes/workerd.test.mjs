// The packed package in Cloudflare's runtime, bundled as their tools bundle it: in a Worker, and in a Durable Object whose storage keeps the
// database.

import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { packedProject } from '../support/packed.mjs';
import { EXPECTED } from './smoke.mjs';

const WORKER = `
import { DurableObject } from 'cloudflare:workers';
// By name, so that the bundler may leave out what it takes for unused.
import { DurableObjectStorage, Snowglobe } from 'snowglobe';
import { life, smoke } from './smoke.mjs';

export class Region extends DurableObject {
  async fetch() {
    return Response.json(await life({ Snowglobe }, new DurableObjectStorage(this.ctx.storage)));
  }
}

export default {
  async fetch(request, env) {
    try {
      const { pathname } = new URL(request.url);
      if (pathname === '/smoke') return Response.json(await smoke({ Snowglobe }));
      const id = env.REGION.idFromName(pathname);
      return await env.REGION.get(id).fetch(request);
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
`;

describe('workerd', () => {
  let packed;
  let modules;
  let Miniflare;
  before(async () => {
    ({ Miniflare } = await import('miniflare'));
    packed = await packedProject();
    const entry = join(packed.project, 'worker.mjs');
    const outdir = join(packed.project, 'bundle');
    await writeFile(entry, WORKER);
    await build({
      entryPoints: [entry],
      outdir,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['workerd', 'worker', 'browser'],
      external: ['cloudflare:workers'],
      loader: { '.wasm': 'copy' },
      outExtension: { '.js': '.mjs' },
      logLevel: 'error',
    });
    const files = await readdir(outdir);
    modules = await Promise.all(
      files
        .sort((a) => (a === 'worker.mjs' ? -1 : 1))
        .map(async (file) => ({
          type: file.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
          path: file,
          contents: await readFile(join(outdir, file), file.endsWith('.wasm') ? undefined : 'utf8'),
        })),
    );
    await mkdir(join(packed.project, 'objects'));
  });
  after(() => packed.remove());

  /** Runs the worker for as long as `use` takes. */
  async function worker(useSQLite, use) {
    const miniflare = new Miniflare({
      modules,
      compatibilityDate: '2025-09-01',
      durableObjects: { REGION: { className: 'Region', useSQLite } },
      durableObjectsPersist: join(packed.project, 'objects', String(useSQLite)),
    });
    try {
      return await use(async (path) => {
        const response = await miniflare.dispatchFetch(`http://worker${path}`);
        const text = await response.text();
        assert.equal(response.status, 200, text);
        return JSON.parse(text);
      });
    } finally {
      await miniflare.dispose();
    }
  }

  test('a Worker runs the whole program, twice in one instance', async () => {
    await worker(true, async (get) => {
      assert.deepEqual(await get('/smoke'), EXPECTED);
      assert.deepEqual(await get('/smoke'), EXPECTED);
    });
  });

  for (const useSQLite of [true, false]) {
    test(`a Durable Object ${useSQLite ? 'with' : 'without'} SQLite keeps its database over a restart, and objects share nothing`, async () => {
      await worker(useSQLite, async (get) => {
        assert.deepEqual(await get('/one'), { count: 0, first: 30 });
        assert.deepEqual(await get('/two'), { count: 0, first: 30 });
        assert.deepEqual(await get('/one'), { count: 30, first: 30 });
      });
      await worker(useSQLite, async (get) => {
        assert.deepEqual(await get('/one'), { count: 60, first: 30 });
        assert.deepEqual(await get('/two'), { count: 30, first: 30 });
      });
    });
  }
});
