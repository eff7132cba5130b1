// A Rust compiler that can build for wasm32-unknown-unknown, whatever the machine. The first of these that holds:
//   the compiler on PATH has the target's standard library;
//   Debian's compiler has one that we built for it before;
//   rustup can download it (left out when WASM_TARGET_RUSTUP=0);
//   we are root on Debian: its rustc-web packages, and the standard library built once from their sources.
// The answer is the environment that makes cargo use what was found.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { ask, run } from '../lib/run.mjs';
import { StepFailed, say } from '../lib/terminal.mjs';
import { aptInstall, aptInstallNewest, canApt } from './apt.mjs';

const TARGET = 'wasm32-unknown-unknown';
const RUSTUP_PATIENCE_MS = 300_000;

const DEBIAN = {
  rustc: '/usr/bin/rustc',
  cargo: '/usr/bin/cargo',
  sources: '/usr/lib/rustlib/src/rust/library/std/Cargo.toml',
  library: `/usr/lib/rustlib/${TARGET}/lib`,
  /** The name under which rustup knows Debian's compiler. */
  toolchain: 'debian-wasm',
};
const builtBy = join(DEBIAN.library, '.built-by');

const holdsStd = (folder) =>
  existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('libstd-') && name.endsWith('.rlib'));

function compilerOnPathHasTarget() {
  const sysroot = ask('rustc', ['--print', 'sysroot']);
  // Debian's compiler may be the one on PATH; its library is only as good as the stamp beside it says.
  if (sysroot === undefined || sysroot === '/usr') return false;
  const library = ask('rustc', ['--print', 'target-libdir', '--target', TARGET]);
  return library !== undefined && holdsStd(library);
}

/** The oldest compiler that `Cargo.toml` allows, as `[major, minor]`. */
function oldestAllowed() {
  const [, major, minor] = /^rust-version = "(\d+)\.(\d+)/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
  return [Number(major), Number(minor)];
}

/** Whether Debian's compiler is there and new enough for the crate: lists from an older image name one that is not. */
function debianIsRecent() {
  const version = /^release: (\d+)\.(\d+)/m.exec(ask(DEBIAN.rustc, ['-vV']) ?? '');
  if (!version || !existsSync(DEBIAN.cargo) || !existsSync(DEBIAN.sources)) return false;
  const [major, minor] = oldestAllowed();
  return Number(version[1]) > major || (Number(version[1]) === major && Number(version[2]) >= minor);
}

/** Whether Debian's compiler has a library built by itself: rlibs fit exactly one compiler. */
function debianIsReady() {
  if (!debianIsRecent()) return false;
  if (!holdsStd(DEBIAN.library) || !existsSync(builtBy)) return false;
  return readFileSync(builtBy, 'utf8').trim() === ask(DEBIAN.rustc, ['-vV']);
}

async function rustupAdds() {
  if (process.env.WASM_TARGET_RUSTUP === '0' || ask('rustup', ['--version']) === undefined) return false;
  try {
    await run(`Rust target ${TARGET} by rustup`, 'rustup', ['target', 'add', TARGET], { timeout: RUSTUP_PATIENCE_MS });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say('  rustup could not; trying Debian’s packages');
    return false;
  }
  return compilerOnPathHasTarget();
}

async function buildDebianStd() {
  const version = ask(DEBIAN.rustc, ['-vV']);
  const work = mkdtempSync(join(tmpdir(), 'snowglobe-std-'));
  try {
    mkdirSync(join(work, 'src'));
    writeFileSync(join(work, 'src', 'lib.rs'), '#![no_std]\n');
    writeFileSync(
      join(work, 'Cargo.toml'),
      '[package]\nname = "sysroot"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n',
    );
    const built = join(work, 'target');
    // `test` is part of it: without that crate `cargo test` cannot build for the target.
    const crates = ['-Z', 'build-std=std,panic_abort,test'];
    await run(
      `Rust’s standard library for ${TARGET} (built once, about 2 minutes)`,
      DEBIAN.cargo,
      ['build', '--release', '--target', TARGET, ...crates, '--target-dir', built],
      {
        cwd: work,
        // Nothing the caller has set may leak into a library that every later build links.
        env: {
          RUSTC: DEBIAN.rustc,
          RUSTC_BOOTSTRAP: '1',
          CARGO_PROFILE_RELEASE_DEBUG: '0',
          RUSTFLAGS: undefined,
          CARGO_ENCODED_RUSTFLAGS: undefined,
          CARGO_BUILD_TARGET: undefined,
          CARGO_TARGET_DIR: undefined,
          RUSTC_WRAPPER: undefined,
        },
        hint: 'check that cargo reaches its registry, then run the same command again.',
      },
    );
    const fresh = `${DEBIAN.library}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const compiled = join(built, TARGET, 'release', 'deps');
    for (const name of readdirSync(compiled)) {
      if (name.endsWith('.rlib') && !name.startsWith('libsysroot-')) copyFileSync(join(compiled, name), join(fresh, name));
    }
    writeFileSync(join(fresh, '.built-by'), `${version}\n`);
    rmSync(DEBIAN.library, { recursive: true, force: true });
    renameSync(fresh, DEBIAN.library);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function prepareDebian() {
  if (!canApt()) {
    throw new StepFailed(
      `No Rust compiler here can build for ${TARGET}.`,
      `install Rust with rustup and run \`rustup target add ${TARGET}\`; on Debian without rustup's downloads run this as root.`,
    );
  }
  if (!debianIsRecent()) await aptInstallNewest('Rust for wasm, from Debian', ['rustc-web', 'cargo-web', 'rust-web-src']);
  if (!debianIsRecent()) {
    throw new StepFailed(
      `Debian's rustc-web is older than the ${oldestAllowed().join('.')} that Cargo.toml asks for.`,
      `install Rust with rustup and run \`rustup target add ${TARGET}\`.`,
    );
  }
  await buildDebianStd();
}

/** A linker for wasm: rustc finds rust-lld by itself; otherwise the lld of rustc's own LLVM. */
async function debianLinker() {
  if (ask('rust-lld', ['-flavor', 'wasm', '--version']) !== undefined) return undefined;
  const llvm = /^LLVM version: (\d+)/m.exec(ask(DEBIAN.rustc, ['-vV']) ?? '')?.[1];
  const linker = `/usr/bin/wasm-ld-${llvm}`;
  if (!existsSync(linker)) await aptInstall('the wasm linker, from Debian', [`lld-${llvm}`]);
  return linker;
}

async function debianEnvironment() {
  const env = {};
  const linker = await debianLinker();
  if (linker) env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER = linker;
  if (ask('rustup', ['--version']) !== undefined) {
    const toolchains = join(process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'), 'toolchains');
    if (!existsSync(join(toolchains, DEBIAN.toolchain))) {
      await run('rustup: link Debian’s compiler', 'rustup', ['toolchain', 'link', DEBIAN.toolchain, '/usr']);
    }
    env.RUSTUP_TOOLCHAIN = DEBIAN.toolchain;
  } else {
    env.PATH = `/usr/bin:${process.env.PATH ?? ''}`;
  }
  return env;
}

/** Makes the target available; answers the environment variables that builds for it need. */
export async function ensureWasmTarget() {
  if (compilerOnPathHasTarget()) return {};
  if (!debianIsReady()) {
    if (await rustupAdds()) return {};
    await prepareDebian();
  }
  return debianEnvironment();
}
