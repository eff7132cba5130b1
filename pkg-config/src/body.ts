// Bodies of HTTP requests, for whoever reads them: the database's `fetch` and the server.

/** Largest body that the engine takes. Of a longer one just enough is read for the engine to refuse it. */
export const bodyBytesMax = 16 * 1024 * 1024;

/** All chunks in one. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
