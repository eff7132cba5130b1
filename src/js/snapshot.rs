//! Snapshots for the package's persistence driver: chunks out, chunks in, and the keys they are stored under.

use super::engine::{Engine, Restoring, corrupt};
use super::options::EngineOptions;
use crate::region::RegionOptions;
use crate::store::manifest::{self, Generation, Manifest};
use crate::store::snapshot::{ChunkedRecovery, ChunkedSnapshot, RegionImage};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// Key prefix of a database's manifests.
#[wasm_bindgen(js_name = manifestPrefix)]
pub fn manifest_prefix(database: &str) -> String {
    manifest::manifest_prefix(database)
}

/// Key prefix of a database's chunks.
#[wasm_bindgen(js_name = chunkPrefix)]
pub fn chunk_prefix(database: &str) -> String {
    manifest::chunk_prefix(database)
}

/// The generation that a key names, or `undefined`.
#[wasm_bindgen(js_name = generationOf)]
pub fn generation_of(database: &str, key: &str) -> Option<f64> {
    manifest::generation_of(database, key).map(|generation| generation.0 as f64)
}

/// A snapshot being written. It holds the database as it was when the job began.
#[wasm_bindgen]
pub struct SnapshotJob {
    snapshot: ChunkedSnapshot,
    database: String,
    generation: Generation,
}

impl SnapshotJob {
    pub(super) fn begin(image: RegionImage, database: String, generation: f64, max_value_bytes: f64) -> Self {
        let generation = Generation(generation as u64);
        SnapshotJob {
            snapshot: ChunkedSnapshot::new(image, generation, max_value_bytes as usize),
            database,
            generation,
        }
    }
}

#[wasm_bindgen]
impl SnapshotJob {
    /// The next chunk as `{ key, value }`, or `undefined` after the last.
    ///
    /// # Errors
    /// None that data can cause.
    #[wasm_bindgen(js_name = nextChunk)]
    pub fn next_chunk(&mut self) -> Result<JsValue, JsValue> {
        match self.snapshot.next_chunk().map_err(corrupt)? {
            Some((index, chunk)) => entry(&manifest::chunk_key(&self.database, self.generation, index), &chunk),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// The manifest as `{ key, value }`; after the last chunk.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn manifest(&self) -> Result<JsValue, JsValue> {
        let bytes = self.snapshot.manifest().encode().map_err(corrupt)?;
        entry(&manifest::manifest_key(&self.database, self.generation), &bytes)
    }
}

fn entry(key: &str, value: &[u8]) -> Result<JsValue, JsValue> {
    let entry = Object::new();
    Reflect::set(&entry, &"key".into(), &key.into())?;
    Reflect::set(&entry, &"value".into(), &Uint8Array::from(value))?;
    Ok(entry.into())
}

/// A snapshot being read.
#[wasm_bindgen]
pub struct RecoveryJob {
    recovery: ChunkedRecovery,
    restoring: Restoring,
    options: EngineOptions,
    database: String,
    generation: Generation,
    chunk_count: u32,
}

#[wasm_bindgen]
impl RecoveryJob {
    /// Begins with the manifest's bytes. The options are those of the database to be.
    ///
    /// # Errors
    /// A JS `Error` for a manifest that is torn or of another generation, a `TypeError` for wrong options.
    #[wasm_bindgen(constructor)]
    pub fn new(database: String, generation: f64, manifest: &[u8], options: JsValue) -> Result<RecoveryJob, JsValue> {
        let options = EngineOptions::read(options)?;
        let region: RegionOptions = options.region()?;
        let manifest = Manifest::decode(manifest).map_err(corrupt)?;
        let generation = Generation(generation as u64);
        if manifest.generation != generation {
            return Err(corrupt(crate::store::Corrupt::Checksum));
        }
        Ok(RecoveryJob {
            chunk_count: manifest.chunk_count,
            recovery: ChunkedRecovery::new(manifest),
            restoring: Restoring::begin(region),
            options,
            database,
            generation,
        })
    }

    /// How many chunks there are.
    #[wasm_bindgen(getter, js_name = chunkCount)]
    pub fn chunk_count(&self) -> u32 {
        self.chunk_count
    }

    /// The key of a chunk.
    #[wasm_bindgen(js_name = chunkKey)]
    pub fn chunk_key(&self, index: u32) -> String {
        manifest::chunk_key(&self.database, self.generation, index)
    }

    /// Takes the next chunk.
    ///
    /// # Errors
    /// A JS `Error` if it is not exactly what was written in its place.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), JsValue> {
        self.recovery.feed(chunk, self.restoring.sink()).map_err(corrupt)
    }

    /// The recovered database.
    ///
    /// # Errors
    /// A JS `Error` if anything is missing.
    pub fn finish(self) -> Result<Engine, JsValue> {
        self.recovery.finish().map_err(corrupt)?;
        Engine::recovered(self.restoring, &self.options)
    }
}
