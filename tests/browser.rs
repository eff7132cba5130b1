//! The exported engine and its IndexedDB store in a page of headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

use js_sys::{Array, Object, Reflect, Uint8Array};
use snowglobe::js::engine::{Engine, operations};
use snowglobe::js::indexeddb::IndexedDbStore;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn fresh(name: &str) -> IndexedDbStore {
    IndexedDbStore::destroy(name.to_owned()).await.unwrap();
    IndexedDbStore::open(name.to_owned()).await.unwrap()
}

fn bytes(text: &str) -> Uint8Array {
    Uint8Array::from(text.as_bytes())
}

async fn read(store: &IndexedDbStore, key: &str) -> Option<String> {
    let value = store.get(key.to_owned()).await.unwrap();
    (!value.is_undefined()).then(|| String::from_utf8(value.unchecked_into::<Uint8Array>().to_vec()).unwrap())
}

async fn keys(store: &IndexedDbStore, prefix: &str) -> Vec<String> {
    let keys = store.list(prefix.to_owned()).await.unwrap();
    keys.iter().map(|key| key.as_string().unwrap()).collect()
}

fn operation(key: &str, value: Option<JsValue>) -> JsValue {
    let operation = Object::new();
    Reflect::set(&operation, &"key".into(), &key.into()).unwrap();
    if let Some(value) = value {
        Reflect::set(&operation, &"value".into(), &value).unwrap();
    }
    operation.into()
}

#[wasm_bindgen_test]
async fn entries_survive_closing_and_opening_again() {
    let store = fresh("survive").await;
    store.put("db/a".to_owned(), bytes("one")).await.unwrap();
    store.put("db/a".to_owned(), bytes("two")).await.unwrap();
    store.put("db/b".to_owned(), bytes("")).await.unwrap();
    store.close();
    let store = IndexedDbStore::open("survive".to_owned()).await.unwrap();
    assert_eq!(read(&store, "db/a").await.as_deref(), Some("two"));
    assert_eq!(read(&store, "db/b").await.as_deref(), Some(""));
    assert_eq!(read(&store, "db/c").await, None);
    store.delete("db/a".to_owned()).await.unwrap();
    store.delete("db/absent".to_owned()).await.unwrap();
    assert_eq!(keys(&store, "").await, ["db/b"]);
}

#[wasm_bindgen_test]
async fn a_list_has_the_keys_of_its_prefix_in_order() {
    let store = fresh("list").await;
    for key in [
        "shop/manifest/2",
        "shop/chunk/1",
        "shop/manifest/10",
        "shop2/manifest/1",
        "a",
    ] {
        store.put(key.to_owned(), bytes("x")).await.unwrap();
    }
    assert_eq!(
        keys(&store, "shop/manifest/").await,
        ["shop/manifest/10", "shop/manifest/2"]
    );
    assert_eq!(keys(&store, "none/").await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_batch_is_applied_whole_or_not_at_all() {
    let store = fresh("batch").await;
    store.put("old".to_owned(), bytes("1")).await.unwrap();
    let good = Array::of(&[operation("new", Some(bytes("2").into())), operation("old", None)]);
    store.batch(good).await.unwrap();
    assert_eq!(keys(&store, "").await, ["new"]);
    // A function cannot be stored: the put before it must not stay either.
    let unstorable: JsValue = js_sys::Function::new_no_args("").into();
    let bad = Array::of(&[
        operation("half", Some(bytes("3").into())),
        operation("bad", Some(unstorable)),
    ]);
    assert!(store.batch(bad).await.is_err());
    assert_eq!(keys(&store, "").await, ["new"]);
}

#[wasm_bindgen_test]
fn an_engine_answers_bad_calls_and_goes_on() {
    let mut engine = Engine::new(JsValue::UNDEFINED).unwrap();
    engine.request_buffer(64);
    let list_tables = operations().split(' ').position(|name| name == "ListTables").unwrap();
    // The request area is zeroed memory, which is no request tree.
    assert_eq!(engine.call(list_tables, 64, 0.0), 1);
    assert_eq!(engine.call(usize::MAX, 0, f64::NAN), 1);
    assert_eq!(engine.call(list_tables, usize::MAX, -1.0), 1);
    assert_eq!(engine.exchange(64, 0.0), 1);
    assert!(engine.next_deadline().is_nan());
    assert!(Engine::restore(b"not a snapshot", JsValue::UNDEFINED).is_err());
    assert!(Engine::restore(&engine.snapshot().unwrap(), JsValue::UNDEFINED).is_ok());
}

#[wasm_bindgen_test]
fn options_that_are_wrong_are_named() {
    let options = js_sys::JSON::parse(r#"{"cluster": {"network": {"latencyMs": [5, 1]}}}"#).unwrap();
    let error = Engine::new(options).err().unwrap();
    assert!(
        error
            .unchecked_into::<js_sys::Error>()
            .message()
            .includes("latencyMs", 0)
    );
}
