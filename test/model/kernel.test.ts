import { describe } from "node:test";
import { compared } from "./compared.ts";

describe("the kernel and a naive model, a short while", () => compared({ commandsEach: 700, worldsEach: 2 }));
