//! The options of a database, from a JS object.

use crate::cluster::{BadNetwork, Network};
use crate::http::{DEFAULT_ACCOUNT, Edge};
use crate::region::RegionOptions;
use crate::sigv4::{Credentials, Secret};
use crate::table::Origin;
use serde::Deserialize;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

/// What `Snowglobe.open` hands to an engine.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EngineOptions {
    region: Option<String>,
    /// The account that the database belongs to.
    account: Option<String>,
    /// Everything generated follows from it.
    #[serde(with = "seed")]
    pub seed: u64,
    /// Secrets by access key.
    credentials: Option<BTreeMap<String, SecretOption>>,
    cluster: ClusterOptions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ClusterOptions {
    network: NetworkOptions,
    transient_states: bool,
    throttling: bool,
    partitions: Option<u32>,
}

/// The secret of an access key as the AWS SDK's credentials have it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SecretOption {
    secret_access_key: String,
    session_token: Option<String>,
    principal: Option<String>,
}

impl SecretOption {
    fn secret(&self) -> Secret {
        Secret {
            key: self.secret_access_key.clone(),
            session_token: self.session_token.clone(),
            principal: self.principal.clone(),
        }
    }
}

impl std::fmt::Debug for SecretOption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretOption")
    }
}

/// What the simulated network does to messages.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkOptions {
    /// Shortest and longest time a message takes.
    pub latency_ms: [f64; 2],
    /// Share of messages that are lost.
    pub loss: f64,
    /// Share of messages that may overtake others.
    pub reorder: f64,
}

/// Partitions a table may be asked to start with.
const PARTITIONS_MAX: u32 = 1_000;

impl EngineOptions {
    /// Reads the object; absent members and `undefined` mean the defaults.
    ///
    /// # Errors
    /// A JS `TypeError` that says what is wrong.
    pub fn read(options: JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() || options.is_null() {
            return Ok(EngineOptions::default());
        }
        serde_wasm_bindgen::from_value(options).map_err(|error| type_error(&format!("options: {error}")))
    }

    /// The region's options.
    ///
    /// # Errors
    /// A JS `TypeError` for figures out of range.
    pub fn region(&self) -> Result<RegionOptions, JsValue> {
        let defaults = RegionOptions::default();
        let NetworkOptions {
            latency_ms,
            loss,
            reorder,
        } = self.cluster.network;
        let partitions = self.cluster.partitions.unwrap_or(defaults.partitions);
        if !(1..=PARTITIONS_MAX).contains(&partitions) {
            return Err(type_error(&format!(
                "options: cluster.partitions must be from 1 to {PARTITIONS_MAX}"
            )));
        }
        Ok(RegionOptions {
            origin: Origin::new(self.region_name(), self.account.as_deref().unwrap_or(DEFAULT_ACCOUNT)),
            seed: self.seed,
            network: Network::new(latency_ms, loss, reorder).map_err(bad_network)?,
            transient_states: self.cluster.transient_states,
            throttling: self.cluster.throttling,
            partitions,
        })
    }

    /// The HTTP edge's options.
    pub fn edge(&self) -> Edge {
        Edge {
            region: self.region_name().to_owned(),
            account: self.account.clone(),
            credentials: self
                .credentials
                .as_ref()
                .map(|keys| Credentials::new(keys.iter().map(|(id, secret)| (id.clone(), secret.secret())))),
        }
    }

    fn region_name(&self) -> &str {
        self.region.as_deref().unwrap_or("local-1")
    }
}

impl NetworkOptions {
    /// Reads the object.
    ///
    /// # Errors
    /// A JS `TypeError` that says what is wrong.
    pub fn read(options: JsValue) -> Result<Self, JsValue> {
        serde_wasm_bindgen::from_value(options).map_err(|error| type_error(&format!("network: {error}")))
    }
}

/// A network that was refused, as a JS error.
pub fn bad_network(reason: BadNetwork) -> JsValue {
    type_error(match reason {
        BadNetwork::Latency => "network: latencyMs must be [min, max] in milliseconds with 0 <= min <= max <= one day",
        BadNetwork::Loss => "network: loss must be at least 0 and below 1",
        BadNetwork::Reorder => "network: reorder must be from 0 to 1",
    })
}

fn type_error(text: &str) -> JsValue {
    js_sys::TypeError::new(text).into()
}

/// A seed is a JS number: any whole number that a double holds exactly.
mod seed {
    use serde::{Deserialize, Deserializer, de::Error};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let seed = Option::<f64>::deserialize(deserializer)?.unwrap_or(0.0);
        if seed.fract() != 0.0 || seed.abs() > 9_007_199_254_740_991.0 {
            return Err(D::Error::custom("seed must be a safe integer"));
        }
        Ok(seed as i64 as u64)
    }
}
