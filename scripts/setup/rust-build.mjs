// The wasm module: cargo, wasm-bindgen and, for a release, wasm-opt. What it leaves in target/glue goes into the package as it is.

import { appendFileSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cargoTargets, glue, inRoot } from '../lib/paths.mjs';
import { ask, run } from '../lib/run.mjs';
import { fingerprint, unlessDone } from '../lib/stamp.mjs';
import { ensureToolchain } from '../toolchain.mjs';
import { nodeTool } from './npm.mjs';

const TARGET = 'wasm32-unknown-unknown';
export const wasmFile = join(glue, 'snowglobe_wasm_bg.wasm');
export const glueFile = join(glue, 'snowglobe_wasm.js');

/**
 * What the module may use, which the linker writes down and wasm-bindgen reads: all that the compiler assumes except functions with
 * several results. V8 has to make an optimised wrapper for each type of such a function while it compiles the module,
 * 2 ms of opening; with one result at most, as wasm-bindgen then has it, one wrapper does for all. Only the names are checked, not
 * the objects, since those of the standard library say that they might.
 */
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'mutable-globals',
  'nontrapping-fptoint',
  'reference-types',
  'sign-ext',
  'simd128',
];
const LINKER = [`--features=${FEATURES.join(',')}`, '--no-check-features'].flatMap((flag) => ['-C', `link-arg=${flag}`]);

/**
 * Two functions of the glue that it keeps to itself, for a module of two parts, which is instantiated by pkg-config/src/wasm.ts.
 * TypeScript and the bundler fail if a version of wasm-bindgen lacks one.
 */
const INNER_EXPORTS = {
  'snowglobe_wasm.js': 'export { __wbg_finalize_init, __wbg_get_imports };\n',
  'snowglobe_wasm.d.ts': `
export function __wbg_get_imports(): WebAssembly.Imports;
export function __wbg_finalize_init(instance: WebAssembly.Instance, module: WebAssembly.Module): InitOutput;
`,
};

/**
 * Builds the module unless its sources are unchanged. `profile`: 'release', or 'dev' for a quick build with debug assertions.
 * `optimise`: the level handed to wasm-opt, or 'none'.
 */
export async function buildWasm({ profile, optimise }) {
  const env = await ensureToolchain();
  // cargo's own name for its development profile differs from the folder it builds into.
  const [flags, folder] = profile === 'release' ? [['--release'], 'release'] : [[], 'debug'];
  const compiler = ask('rustc', ['-vV'], { env: { ...process.env, ...env } });
  const print = fingerprint(
    ['src', 'Cargo.toml', 'Cargo.lock', '.cargo', 'scripts/setup/rust-build.mjs'],
    [profile, optimise, compiler],
  );
  await unlessDone({ name: 'wasm', print, outputs: [wasmFile, glueFile] }, async () => {
    await run(
      profile === 'release' ? 'wasm: compile (whole-program optimised, some minutes)' : 'wasm: compile',
      'cargo',
      ['rustc', '--lib', '--target', TARGET, '--target-dir', cargoTargets.wasm, ...flags, '--', ...LINKER],
      { env, log: 'wasm-compile', hint: 'mend the error above; `npm run build -- --dev` compiles faster while you do.' },
    );
    rmSync(glue, { recursive: true, force: true });
    mkdirSync(glue, { recursive: true });
    const compiled = join(cargoTargets.wasm, TARGET, folder, 'snowglobe.wasm');
    const names = profile === 'release' ? ['--remove-name-section', '--remove-producers-section'] : [];
    await run(
      'wasm: generate the JavaScript glue',
      'wasm-bindgen',
      ['--target', 'web', '--omit-default-module-path', '--out-name', 'snowglobe_wasm', '--out-dir', glue, ...names, compiled],
      { env, log: 'wasm-bindgen', hint: 'Cargo.toml must pin the version of wasm-bindgen that Cargo.lock has.' },
    );
    // It describes the module's raw exports; for a .wasm import TypeScript would take it for the module.
    rmSync(join(glue, 'snowglobe_wasm_bg.wasm.d.ts'), { force: true });
    for (const [file, text] of Object.entries(INNER_EXPORTS)) appendFileSync(join(glue, file), text);
    if (optimise !== 'none') await optimiseWasm(optimise);
  });
}

async function optimiseWasm(level) {
  const before = inRoot('target', 'before-wasm-opt.wasm');
  copyFileSync(wasmFile, before);
  const [command, args] = nodeTool('binaryen/bin/wasm-opt', `-${level}`, before, '-o', wasmFile);
  await run(`wasm: optimise (wasm-opt -${level})`, command, args, {
    log: 'wasm-opt',
    hint: '`npm run build -- --wasm-opt=none` leaves this step out.',
  });
}
