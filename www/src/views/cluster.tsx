import { useEffect } from 'preact/hooks';
import type { PartitionDescription, ReplicaDescription } from '../backend.js';
import { backend, cluster, consumed, refreshCluster } from '../state.js';
import { Fact } from './fact.js';

const REFRESH_MS = 1_000;

/** Partitions, their replicas, and how far each replica's log and tree have come. */
export function Cluster() {
  const target = backend.value;
  useEffect(() => {
    void refreshCluster();
    const timer = setInterval(() => void refreshCluster(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [target]);
  const partitions = cluster.value?.partitions ?? [];
  const units = [...consumed.value.values()].reduce((sum, one) => sum + one, 0);
  return (
    <section>
      <dl class="facts">
        <Fact name="Partitions" value={String(partitions.length)} />
        <Fact name="Replicas" value={String(partitions.reduce((sum, { replicas }) => sum + replicas.length, 0))} />
        <Fact name="Consumed by this page" value={`${units} units`} />
        <Fact name="Cluster time" value={cluster.value ? new Date(cluster.value.now).toLocaleTimeString() : '…'} />
      </dl>
      <div class="partitions">
        {partitions.map((partition) => (
          <Partition partition={partition} key={partition.id} />
        ))}
      </div>
      {partitions.length === 0 && (
        <p class="empty">
          {cluster.value === undefined ? 'The cluster has not answered.' : 'No partitions: there are no tables yet.'}
        </p>
      )}
    </section>
  );
}

function Partition({ partition }: { partition: PartitionDescription }) {
  const newest = Math.max(1, ...partition.replicas.map(({ appended }) => appended));
  return (
    <article class="partition" aria-label={`Partition ${partition.id} of ${partition.table}`}>
      <header>
        <strong>{partition.index === undefined ? partition.table : `${partition.table} / ${partition.index}`}</strong>
        <small>partition {partition.id}</small>
      </header>
      <small class="hash" title="The share of all partition key hashes that this partition owns">
        {partition.hashRange[0]} – {partition.hashRange[1]}
      </small>
      <table class="replicas">
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">Role</th>
            <th scope="col">Appended</th>
            <th scope="col">Committed</th>
            <th scope="col">Applied</th>
          </tr>
        </thead>
        <tbody>
          {partition.replicas.map((replica) => (
            <Replica replica={replica} newest={newest} key={replica.id} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

function Replica({ replica, newest }: { replica: ReplicaDescription; newest: number }) {
  return (
    <tr>
      <th scope="row">
        {replica.id} <small class="quiet">zone {replica.zone}</small>
      </th>
      <td>
        <span class={`role ${replica.role}`}>{replica.role}</span>
      </td>
      {[replica.appended, replica.committed, replica.applied].map((position, column) => (
        <td class="position" key={column}>
          <span>{position}</span>
          <progress max={newest} value={position} aria-hidden="true" />
        </td>
      ))}
    </tr>
  );
}
