// The Rust side of the set-up: a compiler with a standard library for wasm32-unknown-unknown, and the wasm-bindgen CLI at the
// version that Cargo.toml pins. `node scripts/toolchain.mjs` prepares both and prints the environment to build with by hand.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, inRoot } from './lib/paths.mjs';
import { ask, run } from './lib/run.mjs';
import { main, StepFailed } from './lib/terminal.mjs';
import { ensureWasmTarget } from './setup/wasm-target.mjs';

/** The package that the CLI is built from: nothing but its lock file is its own. */
const cliPackage = inRoot('scripts', 'setup', 'wasm-bindgen');

/** The version that the engine pins, which the CLI must have as well. */
function pinnedVersion() {
  const pinned = (manifest, name) => new RegExp(`^${name} = "=([^"]+)"$`, 'm').exec(readFileSync(manifest, 'utf8'))?.[1];
  const version = pinned(inRoot('Cargo.toml'), 'wasm-bindgen');
  if (!version) throw new StepFailed('Cargo.toml does not pin wasm-bindgen.', 'write it as `wasm-bindgen = "=x.y.z"`.');
  if (pinned(join(cliPackage, 'Cargo.toml'), 'wasm-bindgen-cli') !== version) {
    throw new StepFailed(
      `Cargo.toml pins wasm-bindgen ${version}, and scripts/setup/wasm-bindgen/Cargo.toml another version of its CLI.`,
      `write \`wasm-bindgen-cli = "=${version}"\` there and run \`cargo generate-lockfile\` in its folder.`,
    );
  }
  return version;
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
    const built = mkdtempSync(join(tmpdir(), 'snowglobe-wasm-bindgen-'));
    try {
      await run(
        `wasm-bindgen ${version} (built once, some minutes)`,
        'cargo',
        ['install', '--path', cliPackage, '--locked', '--root', home, '--force', '--target-dir', built],
        { hint: 'check the network and that `cargo build` works at all, then run the same command again.' },
      );
    } finally {
      // Only the binaries are kept.
      rmSync(built, { recursive: true, force: true });
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
