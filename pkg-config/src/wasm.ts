// How the compiled module comes to be, in one place. An entry file per runtime (entries/) says where the module's bytes are, once,
// with `provideModule`; nothing is read, fetched or compiled then, so that importing the package costs and breaks nothing.
// `Snowglobe.open` and `restore` await `loadGlue`, which does the work at the first call and hands back the glue: the exports of
// the one instance that all databases of this process share. Every engine's state hangs on its own handle.
//
// An application whose bundler keeps the module elsewhere calls `provideModule` itself before it opens a database.

import initialise, * as glue from './snowglobe_wasm.js';

/** The module or its bytes: compiled at hand without waiting, or fetched from an address. */
export type ModuleSource = WebAssembly.Module | BufferSource | URL | string | Response;

/** The functions and classes that the wasm module exports. */
export type Glue = typeof glue;

let provider: (() => ModuleSource | Promise<ModuleSource>) | undefined;
let loading: Promise<Glue> | undefined;

/** Says how to get the wasm module. The last call before the first database is opened counts. */
export function provideModule(source: () => ModuleSource | Promise<ModuleSource>): void {
  provider = source;
}

/** Instantiates the module at the first call. A failure (a fetch that was refused, say) is not kept: the next call tries again. */
export function loadGlue(): Promise<Glue> {
  loading ??= instantiate().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function instantiate(): Promise<Glue> {
  if (provider === undefined) {
    throw new Error('no wasm module was provided: import "snowglobe" by its package name, or call provideModule() first');
  }
  const source = await provider();
  if (source instanceof WebAssembly.Module || source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    glue.initSync({ module: source });
  } else {
    await initialise({ module_or_path: source });
  }
  return glue;
}
