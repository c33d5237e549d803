import { describe } from "node:test";
import { invariantsHold } from "../invariants/described.ts";
import { compared } from "../model/compared.ts";

describe("the kernel and a naive model, a long while", () => compared({ commandsEach: 800, worldsEach: 40 }));
describe("whatever is asked, a long while", () => invariantsHold({ worldsEach: 4, commandsEach: 1_500 }));
