// The store in memory.

export { openMemoryStore } from "./memory-store.ts";
