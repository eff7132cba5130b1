// Where the compiled module is. An entry file per runtime (entries/) says so once, with `provideModule`; nothing is read, fetched or
// compiled then, so that importing the package costs and breaks nothing. An application whose bundler keeps the module elsewhere calls
// `provideModule` itself before it opens a database.

/** A `WebAssembly.Module`, by a type that the declarations of every host have. */
export type CompiledModule = object;

/** The module or its bytes: compiled at hand without waiting, or fetched from an address. */
export type ModuleSource = CompiledModule | ArrayBuffer | ArrayBufferView | URL | string | Response | SplitModule;

/**
 * The module in two parts, for hosts that read a file without waiting. Opening a database and the common operations on items need the
 * first only, which is half as large as the whole.
 */
export class SplitModule {
  /**
   * @param primary bytes of what most applications use
   * @param secondary reads the bytes of the rest, when a function in it is called first. If it throws, the database that was asked has failed
   */
  constructor(
    readonly primary: ArrayBufferView,
    readonly secondary: () => ArrayBufferView,
  ) {}
}

let provider: (() => ModuleSource | Promise<ModuleSource>) | undefined;

/**
 * Says how to get the wasm module. The last call before the first database is opened counts.
 *
 * @throws TypeError for anything but a function, such as an address by itself
 */
export function provideModule(source: () => ModuleSource | Promise<ModuleSource>): void {
  if (typeof source !== 'function')
    throw new TypeError("provideModule() takes a function: provideModule(() => '/where/it/is.wasm')");
  provider = source;
}

/** Gets the module. @throws Error when nobody has said how */
export async function providedModule(): Promise<ModuleSource> {
  if (provider === undefined) {
    throw new Error('no wasm module was provided: import "snowglobe" by its package name, or call provideModule() first');
  }
  return provider();
}
