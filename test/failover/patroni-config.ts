// The patroni.yml of one server, as docs/deploy-postgres.md shows it and as the fail-over proof runs it: one text, so that
// what is recommended is what was proven. Only places, passwords, waiting times and the watchdog differ.

export type Timing = { readonly ttl: number; readonly loopWait: number; readonly retryTimeout: number };

export type NodeSettings = {
  readonly name: string;
  /** Where other servers reach this one. */
  readonly address: string;
  readonly postgresPort: number;
  readonly restPort: number;
  /** host:port of each etcd, with commas between. */
  readonly etcd: string;
  readonly binDir: string;
  readonly dataDir: string;
  readonly pgpass: string;
  readonly socketDir: string;
  /** The addresses that servers and kernels come from, such as 10.0.0.0/24. */
  readonly network: string;
  readonly passwords: { readonly superuser: string; readonly replication: string; readonly rewind: string };
  readonly timing: Timing;
  /** Resets the machine when Patroni hangs: never in a trial. */
  readonly watchdog: "off" | "required";
  /** False only to show that the proof can fail. */
  readonly synchronous: boolean;
};

/** The whole file, with what each line is for. */
export function patroniYml(node: NodeSettings): string {
  return `${IDENTITY(node)}\n${BOOTSTRAP(node)}\n${POSTGRESQL(node)}`;
}

const IDENTITY = ({ name, address, restPort, etcd }: NodeSettings): string => `\
scope: exec-kernel # the cluster's name, the same on every server
name: ${name} # this server's name, another on every server

restapi: # health checks and patronictl; keep it inside the network of the servers
  listen: ${address}:${restPort}
  connect_address: ${address}:${restPort}

etcd3: # who is primary is decided by a majority of these
  hosts: ${etcd}
`;

const BOOTSTRAP = ({ network, timing, synchronous }: NodeSettings): string => `\
bootstrap:
  dcs: # written to etcd once, when the cluster is made; change it later with: patronictl edit-config
    ttl: ${timing.ttl} # seconds until a primary that is silent is replaced: most of a fail-over
    loop_wait: ${timing.loopWait} # seconds between two looks of Patroni
    retry_timeout: ${timing.retryTimeout} # seconds that etcd may be silent; loop_wait + 2 * retry_timeout <= ttl
    maximum_lag_on_failover: 1048576 # bytes; with a synchronous standby it never counts
    failsafe_mode: true # when all of etcd is gone, a primary that reaches every standby goes on
    synchronous_mode: ${synchronous} # a commit waits for a standby, and only that standby may become primary
    synchronous_mode_strict: ${synchronous} # it waits for as long as there is none: no commit on one server alone
    synchronous_node_count: 1
    postgresql:
      use_pg_rewind: true # a former primary comes back without a whole copy
      use_slots: true # the log is kept for a standby that is away
      parameters:
        synchronous_commit: "on" # on disk on both before the answer; "local" or "off" would lose decisions
        fsync: "on"
        full_page_writes: "on"
        wal_log_hints: "on" # pg_rewind needs it
        max_slot_wal_keep_size: 64GB # a standby that is away for longer is copied anew, the disk never fills
        wal_sender_timeout: 5s # a standby that died is noticed
        wal_receiver_timeout: 5s
        wal_retrieve_retry_interval: 1s # a standby turns to the new primary at once
        tcp_keepalives_idle: 5 # a kernel that died gives its locks back
        tcp_keepalives_interval: 2
        tcp_keepalives_count: 3
        max_connections: 100
  initdb:
    - encoding: UTF8
    - locale: C # the order of keys is that of their bytes, on every machine
    - data-checksums # a flipped bit on disk is an error, not an answer
  pg_hba:
    - local all postgres peer
    - host replication replicator ${network} scram-sha-256
    - host all all ${network} scram-sha-256 # hostssl once the servers have certificates
`;

const POSTGRESQL = (node: NodeSettings): string => `\
postgresql:
  listen: ${node.address}:${node.postgresPort}
  connect_address: ${node.address}:${node.postgresPort}
  bin_dir: ${node.binDir}
  data_dir: ${node.dataDir}
  pgpass: ${node.pgpass}
  parameters:
    unix_socket_directories: ${node.socketDir}
  authentication: # of Patroni itself; exec-kernel has a user of its own
    superuser: { username: postgres, password: ${node.passwords.superuser} }
    replication: { username: replicator, password: ${node.passwords.replication} }
    rewind: { username: rewind, password: ${node.passwords.rewind} }

watchdog: # resets the machine when Patroni hangs while it is primary: no two primaries
  mode: "${node.watchdog}"
  device: /dev/watchdog
`;
