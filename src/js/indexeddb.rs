//! IndexedDB as a store: the browser's side of the storage interface (`get / put / delete / list / batch`).
//!
//! One database per store name, one object store `entries` from string keys to bytes. A batch is one read-write
//! transaction and resolves when the transaction has completed, so it is there whole or not at all. Quota, eviction and
//! blocked upgrades arrive as the browser's own `DOMException`, untouched: they are for the caller to see.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

const ENTRIES: &str = "entries";
const SCHEMA_VERSION: u32 = 1;

/// An open IndexedDB store.
#[wasm_bindgen]
pub struct IndexedDbStore {
    database: IdbDatabase,
    /// Kept so that the browser can call it for as long as the database is open.
    _on_version_change: Closure<dyn FnMut()>,
}

#[wasm_bindgen]
impl IndexedDbStore {
    /// Opens the store called `name`, creating it on first use.
    ///
    /// # Errors
    /// The browser's `DOMException` (storage denied, quota, newer version), or a `TypeError` where there is no IndexedDB.
    pub async fn open(name: String) -> Result<IndexedDbStore, JsValue> {
        let request = factory()?.open_with_u32(&name, SCHEMA_VERSION)?;
        let upgrade = Closure::once({
            let request = request.clone();
            move || -> Result<(), JsValue> {
                let database: IdbDatabase = request.result()?.unchecked_into();
                if !database.object_store_names().contains(ENTRIES) {
                    database.create_object_store(ENTRIES)?;
                }
                Ok(())
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = settled(&request).await?.unchecked_into();
        // Another tab that deletes or upgrades the database would wait for this one for ever.
        let close = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close())
        };
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        Ok(IndexedDbStore {
            database,
            _on_version_change: close,
        })
    }

    /// Deletes the whole store called `name`.
    ///
    /// # Errors
    /// The browser's `DOMException`.
    pub async fn destroy(name: String) -> Result<(), JsValue> {
        let request: IdbRequest = factory()?.delete_database(&name)?.unchecked_into();
        settled(&request).await.map(|_| ())
    }

    /// The bytes under `key`, or `undefined`.
    ///
    /// # Errors
    /// The browser's `DOMException`.
    pub async fn get(&self, key: String) -> Result<JsValue, JsValue> {
        let (store, _) = self.entries(IdbTransactionMode::Readonly)?;
        settled(&store.get(&key.into())?).await
    }

    /// Stores `value` under `key`; resolves once the transaction has completed.
    ///
    /// # Errors
    /// The browser's `DOMException`, `QuotaExceededError` among them.
    pub async fn put(&self, key: String, value: Uint8Array) -> Result<(), JsValue> {
        let (store, transaction) = self.entries(IdbTransactionMode::Readwrite)?;
        store.put_with_key(&value, &key.into())?;
        completed(&transaction).await
    }

    /// Removes `key`; no error if it is absent.
    ///
    /// # Errors
    /// The browser's `DOMException`.
    pub async fn delete(&self, key: String) -> Result<(), JsValue> {
        let (store, transaction) = self.entries(IdbTransactionMode::Readwrite)?;
        store.delete(&key.into())?;
        completed(&transaction).await
    }

    /// The keys that start with `prefix`, in order.
    ///
    /// # Errors
    /// The browser's `DOMException`.
    pub async fn list(&self, prefix: String) -> Result<Array, JsValue> {
        let (store, _) = self.entries(IdbTransactionMode::Readonly)?;
        // U+FFFF sorts after every character of the keys this project writes.
        let upper = format!("{prefix}\u{ffff}");
        let range = IdbKeyRange::bound(&JsValue::from_str(&prefix), &JsValue::from_str(&upper))?;
        Ok(settled(&store.get_all_keys_with_key(&range)?).await?.unchecked_into())
    }

    /// Applies a list of `{ key, value }` (put) and `{ key }` (delete) in one transaction.
    ///
    /// # Errors
    /// The browser's `DOMException`; then nothing of the batch was applied.
    pub async fn batch(&self, operations: Array) -> Result<(), JsValue> {
        let (store, transaction) = self.entries(IdbTransactionMode::Readwrite)?;
        if let Err(error) = apply(&store, &operations) {
            // What was applied before the mistake would be committed otherwise.
            transaction.abort()?;
            return Err(error);
        }
        completed(&transaction).await
    }

    /// Closes the connection; pending transactions still complete.
    pub fn close(&self) {
        self.database.close();
    }

    fn entries(&self, mode: IdbTransactionMode) -> Result<(IdbObjectStore, IdbTransaction), JsValue> {
        let transaction = self.database.transaction_with_str_and_mode(ENTRIES, mode)?;
        Ok((transaction.object_store(ENTRIES)?, transaction))
    }
}

fn apply(store: &IdbObjectStore, operations: &Array) -> Result<(), JsValue> {
    for operation in operations.iter() {
        let key = Reflect::get(&operation, &"key".into())?;
        let value = Reflect::get(&operation, &"value".into())?;
        if value.is_undefined() {
            store.delete(&key)?;
        } else {
            store.put_with_key(&value, &key)?;
        }
    }
    Ok(())
}

/// `indexedDB` of whatever global this is: a window or a worker.
fn factory() -> Result<IdbFactory, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    if factory.is_undefined() || factory.is_null() {
        return Err(js_sys::TypeError::new("this host has no IndexedDB").into());
    }
    Ok(factory.unchecked_into())
}

/// A promise that one of two events settles. The promise's own functions are the handlers, so nothing has to be kept alive.
fn on_events(attach: impl FnOnce(&Function, &Function)) -> Promise {
    let mut attach = Some(attach);
    Promise::new(&mut |resolve, reject| {
        if let Some(attach) = attach.take() {
            attach(&resolve, &reject);
        }
    })
}

async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = on_events(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result(),
        Err(event) => Err(request.error().ok().flatten().map(Into::into).unwrap_or(event)),
    }
}

async fn completed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let promise = on_events(|resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onerror(Some(reject));
        transaction.set_onabort(Some(reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => Ok(()),
        Err(event) => Err(transaction
            .error()
            .map(|error| Object::from(error).into())
            .unwrap_or(event)),
    }
}
