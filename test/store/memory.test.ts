// The store in memory keeps every promise of the suite.

import { openMemoryStore } from "../../src/store/index.ts";
import { storeConformance } from "./conformance.ts";

storeConformance("memory", async () => ({ store: openMemoryStore(), cleanup: async () => undefined }));
