// Hosts that import wasm themselves (workerd) give the compiled module as the default export.
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
