// npm run build: everything from the sources to the publishable package in pkg/. Options: --dev (a quick build with debug
// assertions, not optimised), --wasm-opt=LEVEL (O1 unless said otherwise, since more makes the module slower to open; none leaves it out). Other scripts call `build`.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { compiled, inRoot, pkg } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { fingerprint, unlessDone } from './lib/stamp.mjs';
import { main, StepFailed, say } from './lib/terminal.mjs';
import { ensureNpm, nodeTool } from './setup/npm.mjs';
import { buildWasm, glueFile, wasmFile } from './setup/rust-build.mjs';
import { buildScripts } from './setup/script-build.mjs';
import { partFiles } from './setup/split-build.mjs';

const PAPERS = ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md', 'DIFFERENCES.md'];
const dist = join(pkg, 'dist');

/** The options that build, start and test share, for util.parseArgs. */
export const buildOptions = { dev: { type: 'boolean', default: false }, 'wasm-opt': { type: 'string' } };

/** Turns parsed options into what `build` takes. */
export function buildKind(values) {
  const optimise = values['wasm-opt'] ?? (values.dev ? 'none' : 'O1');
  if (!/^(O[0-4sz]|none)$/.test(optimise)) {
    throw new StepFailed(`--wasm-opt=${optimise} is not a level.`, 'use O0, O1, O2, O3, O4, Os, Oz or none.');
  }
  return { profile: values.dev ? 'dev' : 'release', optimise };
}

/** Compiles and bundles the TypeScript sources, and puts the package together. */
async function buildPackage() {
  const inputs = [
    'pkg-config',
    'tsconfig.json',
    'tsconfig.base.json',
    'package-lock.json',
    'scripts/setup/script-build.mjs',
    'scripts/setup/split-build.mjs',
    'scripts/split',
    ...PAPERS,
  ];
  const print = fingerprint([...inputs, 'target/glue']);
  const modules = [wasmFile, ...Object.values(partFiles)].map((file) => basename(file));
  const promised = ['index.js', 'index.d.ts', ...modules].map((name) => join(dist, name));
  const outputs = [...promised, join(pkg, 'package.json'), join(compiled, 'index.js')];
  await unlessDone({ name: 'package', print, outputs }, async () => {
    await buildScripts(dist);
    copyFileSync(inRoot('pkg-config', 'package.json'), join(pkg, 'package.json'));
    for (const paper of PAPERS) if (existsSync(inRoot(paper))) copyFileSync(inRoot(paper), join(pkg, paper));
    checkManifest();
  });
  linkPackage();
}

/** Every file that package.json promises must be there: a missing one would be found by users only. */
function checkManifest() {
  const manifest = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const promised = [manifest.types, ...Object.values(manifest.bin), ...paths(manifest.exports)];
  const missing = promised.filter((path) => !existsSync(join(pkg, path)));
  if (missing.length) {
    throw new StepFailed(`package: ${missing.join(', ')} is not built.`, 'see exports and bin in pkg-config/package.json.');
  }
  for (const path of Object.values(manifest.bin)) chmodSync(join(pkg, path), 0o755);
}

function paths(exports) {
  return typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(paths);
}

/** Tests, the console and the benchmarks import `snowglobe` by name, through its exports, as users do. */
function linkPackage() {
  const link = inRoot('node_modules', 'snowglobe');
  if (existsSync(join(link, 'package.json'))) return;
  rmSync(link, { recursive: true, force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(pkg, link, 'junction');
}

/** Builds the console page and puts it into the package, from where `snowglobe serve` serves it. */
async function buildConsole() {
  if (!existsSync(inRoot('www', 'package.json'))) return;
  const console = join(pkg, 'console');
  const print = fingerprint(
    ['www', 'package-lock.json', 'pkg/package.json', 'scripts/sample'],
    [fingerprint(['pkg-config', 'target/glue'])],
  );
  await unlessDone({ name: 'console', print, outputs: [join(console, 'index.html')] }, async () => {
    const [command, args] = nodeTool('vite/bin/vite.js', 'build');
    await run('console: build the page', command, args, { cwd: inRoot('www'), hint: 'mend the error above in www/.' });
    rmSync(console, { recursive: true, force: true });
    cpSync(inRoot('www', 'dist'), console, { recursive: true });
  });
}

function reportSizes() {
  const row = (name, sizes) => say(`  ${name.padEnd(30)}${sizes.map((size) => String(size).padStart(12)).join('')}`);
  const measure = (file) => {
    const bytes = readFileSync(file);
    return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  };
  row('bytes', ['raw', 'gzip', 'brotli']);
  const together = (...sizes) => sizes.reduce((sum, size) => sum.map((bytes, n) => bytes + size[n]));
  const glueSize = measure(glueFile);
  const wholeSize = measure(wasmFile);
  row(basename(glueFile), glueSize);
  row(basename(wasmFile), wholeSize);
  row('together', together(glueSize, wholeSize));
  say('  in two parts, of which Node reads the second when it is needed:');
  for (const file of Object.values(partFiles)) row(basename(file), measure(file));
  const scripts = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.js'));
  const total = scripts.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  say(`  all JavaScript of the package: ${total} bytes in ${scripts.length} files`);
}

/** Does all of it that is not done yet. */
export async function build(kind) {
  await ensureNpm();
  await buildWasm(kind);
  await buildPackage();
  await buildConsole();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: buildOptions });
    await build(buildKind(values));
    reportSizes();
    say(`The package is in ${pkg}`);
  });
}
