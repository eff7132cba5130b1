// How the compiled module comes to be, in one place. `Snowglobe.open` and `restore` await `loadGlue`, which does the work at the first
// call and hands back the glue: the exports of the one instance that all databases of this process share. Every engine's state hangs
// on its own handle.
//
// The package's public declarations do not lead here: the glue's name types that not every host declares.

import { providedModule, SplitModule } from './module-source.js';
import initialise, * as glue from './snowglobe_wasm.js';

/** The functions and classes that the wasm module exports. */
export type Glue = typeof glue;

let loading: Promise<Glue> | undefined;

/** Instantiates the module at the first call. A failure (a fetch that was refused, say) is not kept: the next call tries again. */
export function loadGlue(): Promise<Glue> {
  loading ??= instantiate().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function instantiate(): Promise<Glue> {
  const source = await providedModule();
  if (source instanceof SplitModule) instantiateSplit(source);
  else if (source instanceof WebAssembly.Module || source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    glue.initSync({ module: source as WebAssembly.Module | BufferSource });
  } else {
    await initialise({ module_or_path: source as URL | string | Response });
  }
  return glue;
}

/** The module name of what the parts of a split module import beside the glue. scripts/split/split.mjs, which writes it, says the rest. */
const PARTS = 'snowglobe:parts';

/** Instantiates the primary module now, and the secondary when a function in it is called first: the primary then calls `load`. */
function instantiateSplit({ primary, secondary }: SplitModule): void {
  const imports = glue.__wbg_get_imports();
  const module = new WebAssembly.Module(primary as BufferSource);
  const instance = new WebAssembly.Instance(module, { ...imports, [PARTS]: { load } });
  glue.__wbg_finalize_init(instance, module);

  function load(): void {
    try {
      const rest = new WebAssembly.Module(secondary() as BufferSource);
      new WebAssembly.Instance(rest, { ...imports, [PARTS]: instance.exports });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`the second part of the wasm module does not load, or is not the first part's: ${reason}`, { cause });
    }
  }
}
