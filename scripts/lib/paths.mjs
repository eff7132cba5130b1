// Where things lie: the checkout, what is generated in it, and the cache outside it that a fresh clone finds again.

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts) => join(root, ...parts);

/** What wasm-bindgen writes; TypeScript sees it merged with pkg-config/src (rootDirs). */
export const glue = inRoot('target', 'glue');
/** What tsc compiles the package's sources into, a file each: what is bundled, and where tests find inner modules. */
export const compiled = inRoot('target', 'js');
/** The publishable package. */
export const pkg = inRoot('pkg');
/** Logs of quiet steps and stamps of finished ones. */
export const tools = inRoot('.tools');

/** Shared by all checkouts of this user, so that a second clone does not build the tools again. */
export const cache = resolve(
  process.env.SNOWGLOBE_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'snowglobe'),
);

/** CI starts from a clean checkout each time: there cargo's output lies in the cache and outlives it. */
const cargoOutput = process.env.CARGO_TARGET_DIR
  ? resolve(process.env.CARGO_TARGET_DIR)
  : process.env.CI === 'true'
    ? join(cache, 'ci-target')
    : inRoot('target');

/** The wasm build may use another rustc than the native one: a folder each, or they would undo each other's work. */
export const cargoTargets = { native: cargoOutput, wasm: join(cargoOutput, 'wasm') };
