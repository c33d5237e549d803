import { describe } from "node:test";
import { agreesInMemory, agreesOverPostgres } from "./compared.ts";

describe("the kernel and a naive model, a short while", () => {
  agreesInMemory({ worldsEach: 3, commandsEach: 400, meetsAll: false });
  agreesOverPostgres({ worldsEach: 1, commandsEach: 60, meetsAll: false });
});
