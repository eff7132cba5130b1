/// <reference lib="esnext.disposable" preserve="true" />
// The package's public surface. An entry per host says where the wasm module is and re-exports this.
import { installEngine } from './engine.js';
import { loadGlue } from './wasm.js';

installEngine(async () => {
  const glue = await loadGlue();
  return {
    Engine: glue.Engine,
    operations: () => glue.operations().split(' '),
    memory: glue.linearMemory() as WebAssembly.Memory,
    snapshots: glue,
    openIndexedDb: (name) => glue.IndexedDbStore.open(name),
  };
});

export type { AbortSignalLike, CallOptions } from './client/caller.js';
export type { DocumentClientOptions } from './client/client-options.js';
export { DocumentClient } from './client/document-client.js';
export type { Operations } from './client/operations.js';
export {
  type PageCommand,
  type PaginationConfiguration,
  paginatedBatchGet,
  paginateListTables,
  paginateQuery,
  paginateScan,
} from './client/paginators.js';
export { type Callback, DynamoRequest, type WithResponse } from './client/request.js';
export { RequestResponse } from './client/response.js';
export { type ClockOption, virtualEpochMs } from './clock.js';
export {
  Cluster,
  type ClusterDescription,
  type Contributor,
  type Contributors,
  type PartitionDescription,
  type ReplicaDescription,
} from './cluster.js';
export type { ClusterEvent, ClusterEventHandler, ClusterEventName } from './cluster-events.js';
export { DocumentSet, type DocumentSetType } from './codec/document-set.js';
export { NumberValue, type NumberValueInput } from './codec/number-value.js';
export type { MarshallOptions, UnmarshallOptions } from './codec/options.js';
export * from './errors.js';
export type { HttpRequest, HttpResponse, SdkHttpRequest, SdkRequestHandler } from './http.js';
export { type CompiledModule, type ModuleSource, provideModule, SplitModule } from './module-source.js';
export type { ClusterOptions, Credentials, KeySecret, NetworkOptions, OpenOptions, StorageOption } from './options.js';
export { type SdkClientConfig, Snowglobe } from './snowglobe.js';
export { DenoKvStorage } from './storage/deno-kv.js';
export { DirectoryStorage } from './storage/directory.js';
export { DurableObjectStorage } from './storage/durable-object.js';
export { MemoryStorage } from './storage/memory.js';
export type { StorageAdapter, StorageOperation } from './storage-adapter.js';
export type { BatchResponse, FailedBatch } from './streams/delivery.js';
export type { FilterPattern, FilterRule } from './streams/filter.js';
export {
  type DeliverySettings,
  type HandlerAnswer,
  type KinesisHandler,
  type KinesisOptions,
  type StreamHandler,
  Streams,
  type SubscribeOptions,
} from './streams/streams.js';
export { StreamSubscription } from './streams/subscription.js';
export type * as Api from './types/api.js';
export type * from './types/document.js';
export type * as StreamsApi from './types/streams.js';
export type { KinesisChange, StreamEvent, StreamEventRecord } from './types/streams.js';
