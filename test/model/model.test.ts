import { describe } from "node:test";
import { agreesInMemory } from "./compared.ts";

describe("the kernel and a naive model, a short while", () =>
  agreesInMemory({ worldsEach: 3, commandsEach: 400, meetsAll: false }));
