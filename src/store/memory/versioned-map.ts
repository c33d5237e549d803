// A map that can be read as it was: every change makes a revision, and a reader sees the newest one that is not younger
// than its snapshot. Old revisions live only as long as some reader may ask for them.

type Revision<V> = { readonly version: number; value: V | null; older: Revision<V> | null };

/** Is told of every key that the map begins to hold, and of every one that it holds no more. */
type KeyWatch = { readonly add: (key: string) => void; readonly remove: (key: string) => void };

const NOBODY: KeyWatch = { add: () => undefined, remove: () => undefined };

export class VersionedMap<V> {
  readonly #newest = new Map<string, Revision<V>>();
  /** Keys that hold more than one revision, or a deletion. */
  readonly #unsettled = new Set<string>();
  readonly #watch: KeyWatch;

  constructor(watch: KeyWatch = NOBODY) {
    this.#watch = watch;
  }

  keys(): IterableIterator<string> {
    return this.#newest.keys();
  }

  /** The value as of `version`; null when there was none. */
  get(key: string, version: number): V | null {
    let revision = this.#newest.get(key) ?? null;
    while (revision !== null && revision.version > version) revision = revision.older;
    return revision?.value ?? null;
  }

  /** Sets (null deletes) as of `version`, which must not be older than any revision. */
  set(key: string, value: V | null, version: number): void {
    const newest = this.#newest.get(key) ?? null;
    if (newest !== null || value === null) this.#unsettled.add(key);
    if (newest?.version === version) newest.value = value;
    else this.#newest.set(key, { version, value, older: newest });
    if (newest === null) this.#watch.add(key);
  }

  /** Takes back every revision of `version`. */
  revert(version: number, keys: Iterable<string>): void {
    for (const key of keys) {
      const newest = this.#newest.get(key);
      if (newest?.version !== version) continue;
      if (newest.older === null) this.#forget(key);
      else this.#newest.set(key, newest.older);
    }
  }

  /** Forgets what no reader from version `floor` on can see. */
  settle(floor: number): void {
    for (const key of this.#unsettled) {
      const newest = this.#newest.get(key);
      let seen = newest ?? null;
      while (seen !== null && seen.version > floor) seen = seen.older;
      if (seen !== null) seen.older = null;
      if (newest === undefined || (seen === newest && newest.value !== null)) this.#unsettled.delete(key);
      else if (seen === newest) {
        this.#forget(key);
        this.#unsettled.delete(key);
      }
    }
  }

  #forget(key: string): void {
    this.#newest.delete(key);
    this.#watch.remove(key);
  }
}
