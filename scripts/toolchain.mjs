// The Rust side of the set-up: a compiler with a standard library for wasm32-unknown-unknown, and the wasm-bindgen CLI at the
// version that Cargo.toml pins. `node scripts/toolchain.mjs` prepares both and prints the environment to build with by hand.

import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, inRoot } from './lib/paths.mjs';
import { ask, CommandMissing, run } from './lib/run.mjs';
import { main, StepFailed, say } from './lib/terminal.mjs';
import { ensureWasmTarget } from './setup/wasm-target.mjs';

function pinnedVersion() {
  const pinned = /^wasm-bindgen = "=([^"]+)"$/m.exec(readFileSync(inRoot('Cargo.toml'), 'utf8'))?.[1];
  if (!pinned) throw new StepFailed('Cargo.toml does not pin wasm-bindgen.', 'write it as `wasm-bindgen = "=x.y.z"`.');
  return pinned;
}

/** The folder with wasm-bindgen and wasm-bindgen-test-runner, or undefined to use those on PATH. */
async function ensureWasmBindgen() {
  const version = pinnedVersion();
  const right = (command) => ask(command, ['--version'])?.split(' ')[1] === version;
  if (right('wasm-bindgen') && right('wasm-bindgen-test-runner')) return undefined;
  const home = join(cache, `wasm-bindgen-${version}`);
  const bin = join(home, 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  if (!right(join(bin, `wasm-bindgen${suffix}`))) {
    const install = (title, ...flags) =>
      run(title, 'cargo', ['install', 'wasm-bindgen-cli', '--version', `=${version}`, '--root', home, '--force', ...flags], {
        hint: 'check the network and that `cargo build` works at all, then run the same command again.',
        // In a temporary folder, whatever the caller has set: only the binaries are kept.
        env: { CARGO_TARGET_DIR: undefined },
      });
    try {
      await install(`wasm-bindgen ${version} (built once, some minutes)`, '--locked');
    } catch (error) {
      // Its lock file may name a release that a registry mirror does not carry yet; the CLI itself stays pinned.
      if (!(error instanceof StepFailed) || error instanceof CommandMissing || existsSync(bin)) throw error;
      say('  with its own lock file it does not build here; trying newer releases of its dependencies');
      await install(`wasm-bindgen ${version} without its lock file`);
    }
  }
  return bin;
}

/** Prepares all that the wasm build needs; answers the environment to run cargo and wasm-bindgen with. */
export async function ensureToolchain() {
  const env = await ensureWasmTarget();
  const bin = await ensureWasmBindgen();
  const path = env.PATH ?? process.env.PATH ?? '';
  return { ...env, PATH: bin ? `${bin}${delimiter}${path}` : path };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    for (const [name, value] of Object.entries(await ensureToolchain())) console.log(`export ${name}='${value}'`);
  });
}
