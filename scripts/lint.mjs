// npm run lint: formatters, linters and type checks over everything, all of them even when one fails.

import { existsSync } from 'node:fs';
import { build, buildKind } from './build.mjs';
import { browserTests } from './lib/browser-tests.mjs';
import { cargoTargets, inRoot } from './lib/paths.mjs';
import { ask, runOpen } from './lib/run.mjs';
import { filesUnder } from './lib/stamp.mjs';
import { main, StepFailed, say, seconds } from './lib/terminal.mjs';
import { aptInstall, canApt } from './setup/apt.mjs';
import { ensureNpm, nodeTool } from './setup/npm.mjs';
import { ensureToolchain } from './toolchain.mjs';

const tsc = (...args) => nodeTool('typescript/bin/tsc', '--noEmit', '--project', ...args);

/** Rust that only wasm sees: native clippy passes over it. */
async function wasmClippy() {
  const env = await ensureToolchain();
  const present = () => ask('cargo', ['clippy', '--version'], { env: { ...process.env, ...env } }) !== undefined;
  // Debian's compiler takes Debian's clippy only.
  if (!present() && env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER && canApt()) {
    await aptInstall('clippy for wasm, from Debian', ['rust-web-clippy']);
  }
  if (!present()) throw new StepFailed('The compiler that builds wasm here has no clippy.', '`rustup component add clippy`.');
  const targets = ['--lib', ...browserTests(), '--target', 'wasm32-unknown-unknown', '--target-dir', cargoTargets.wasm];
  return runOpen('cargo', ['clippy', ...targets, '--', '-D', 'warnings'], { env });
}

/** The fuzz targets are a workspace of their own, which nothing else compiles. */
const fuzz = ['--manifest-path', inRoot('fuzz', 'Cargo.toml')];

/** Without the fuzzer itself, which takes a C++ compiler to build. */
function fuzzClippy() {
  const targets = ['--bins', '--no-default-features', '--target-dir', cargoTargets.native];
  return runOpen('cargo', ['clippy', ...fuzz, ...targets, '--', '-D', 'warnings']);
}

/** In order. The types of the glue and of the package are generated, so the checks that use them come after the build. */
const CHECKS = {
  rustfmt: () => runOpen('cargo', ['fmt', '--check']),
  'rustfmt for fuzz targets': () => runOpen('cargo', ['fmt', '--check', ...fuzz]),
  clippy: () => runOpen('cargo', ['clippy', '--all-targets', '--target-dir', cargoTargets.native, '--', '-D', 'warnings']),
  'clippy for wasm': wasmClippy,
  'clippy for fuzz targets': fuzzClippy,
  biome: () => runOpen(...nodeTool('@biomejs/biome/bin/biome', 'check', '--max-diagnostics=100')),
  build: async () => {
    await build(buildKind({}));
    return { code: 0 };
  },
  'types: the API as the SDK declares it': () => runOpen(process.execPath, [inRoot('scripts', 'api-types.mjs'), '--check']),
  'types: package': () => runOpen(...tsc(inRoot('tsconfig.json'))),
  'types: tests': async () =>
    filesUnder('tests').some((file) => file.endsWith('.ts')) ? runOpen(...tsc(inRoot('tsconfig.tests.json'))) : { code: 0 },
  'types: console': async () =>
    existsSync(inRoot('www', 'tsconfig.json')) ? runOpen(...tsc(inRoot('www', 'tsconfig.json'))) : { code: 0 },
};

/** Whether a check passes; one that cannot be run does not. */
async function attempt(check) {
  try {
    return (await check()).code === 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(`${error.message}\n  How to go on: ${error.hint ?? 'see above.'}`);
    return false;
  }
}

await main(async () => {
  await ensureNpm();
  const results = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    const started = Date.now();
    say(`— ${name}`);
    const passed = await attempt(check);
    say(`  ${passed ? '✓' : '✗'} ${name} (${seconds(Date.now() - started)})`);
    results.push([name, passed]);
  }
  const failed = results.filter(([, passed]) => !passed).map(([name]) => name);
  say(failed.length ? `lint: failed: ${failed.join(', ')} (\`npm run format\` mends the formatting)` : 'lint: all clean');
  return failed.length ? 1 : 0;
});
