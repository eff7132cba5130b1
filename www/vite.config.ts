import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [preact()],
  resolve: {
    alias: { snowglobe: fileURLToPath(new URL('../pkg/dist/entries/browser.js', import.meta.url)) },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // The wasm module stays a file of its own, whatever its size: it is compiled while it streams in.
    assetsInlineLimit: 0,
  },
});
