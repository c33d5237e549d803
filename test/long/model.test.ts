import { describe } from "node:test";
import { invariantsHold } from "../invariants/described.ts";
import { agreesInMemory, agreesOverPostgres, agreesOverSqlite } from "../model/compared.ts";

describe("the kernel and a naive model, a long while", () => {
  agreesInMemory({ worldsEach: 70, commandsEach: 500, meetsAll: true });
  agreesOverSqlite({ worldsEach: 17, commandsEach: 400, meetsAll: false });
  agreesOverPostgres({ worldsEach: 3, commandsEach: 400, meetsAll: false });
});

describe("whatever is asked, a long while", () => invariantsHold({ worldsEach: 4, commandsEach: 1_000 }));
