// The package's JavaScript: tsc compiles the sources into target/js, a file each beside the wasm module, and Rolldown puts them
// together for pkg/dist. A runtime that imports the package then resolves and reads two files, an entry and the index, instead of fifty.

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compiled, glue, inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { filesUnder } from '../lib/stamp.mjs';
import { StepFailed, step } from '../lib/terminal.mjs';
import { nodeTool } from './npm.mjs';
import { glueFile, wasmFile } from './rust-build.mjs';
import { buildParts, partFiles } from './split-build.mjs';

/** Entries of the hosts. They stay files of their own: bundlers know `new URL(..., import.meta.url)` and `.wasm` where they see them. */
const ENTRIES = ['node', 'browser', 'workerd', 'deno'].map((host) => `entries/${host}.js`);
const BUNDLES = ['index.js', 'cli.js'];

/** Compiles the TypeScript sources. The folder is complete: its modules run as the package's do, one by one. */
async function compile() {
  rmSync(compiled, { recursive: true, force: true });
  const [command, args] = nodeTool('typescript/bin/tsc', '--project', inRoot('tsconfig.json'), '--noEmitOnError');
  await run('package: compile TypeScript', command, args, { log: 'typescript', hint: 'mend the types above.' });
  for (const file of [wasmFile, glueFile, join(glue, 'snowglobe_wasm.d.ts')]) copyInto(compiled, basename(file), file);
  // Sources that TypeScript cannot read (Deno's entry) are JavaScript already.
  const sources = inRoot('pkg-config', 'src');
  for (const file of filesUnder('pkg-config/src').filter((name) => name.endsWith('.js'))) {
    copyInto(compiled, relative(sources, file), file);
  }
}

/** Puts the modules together, readable, each name kept. Everything that an entry leads to is in the index: all entries share one state. */
async function bundle(dist) {
  // It is there only once npm's dependencies are installed, which may be this run's doing.
  const { build } = await import('rolldown');
  const bundles = BUNDLES.map((name) => ({
    input: join(compiled, name),
    // The command runs on the package's own entry; what it takes of other modules itself has no state.
    external: (id) => id.startsWith('node:') || id === './entries/node.js',
    platform: 'neutral',
    transform: { target: 'es2022' },
    // What it warns of, a host would meet.
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message);
    },
    output: { file: join(dist, name), format: 'esm' },
  }));
  try {
    await build(bundles);
  } catch (error) {
    throw new StepFailed(`package: bundle: ${error.message}`, 'see the modules named above in pkg-config/src.');
  }
}

function copyInto(folder, name, from = join(compiled, name)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  copyFileSync(from, join(folder, name));
}

/**
 * Compiles, and fills `dist` with what is published: bundles, entries, the module whole and in parts, and the declarations as they were
 * compiled.
 */
export async function buildScripts(dist) {
  await compile();
  rmSync(dist, { recursive: true, force: true });
  await step('package: bundle', () => bundle(dist));
  await buildParts();
  const declarations = filesUnder(relative(inRoot(), compiled)).filter((file) => file.endsWith('.d.ts'));
  const modules = [wasmFile, ...Object.values(partFiles)].map((file) => basename(file));
  for (const file of [...ENTRIES, ...modules]) copyInto(dist, file);
  for (const file of declarations) copyInto(dist, relative(compiled, file), file);
}
