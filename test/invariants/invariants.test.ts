import { describe } from "node:test";
import { invariantsHold } from "./described.ts";

describe("whatever is asked, a short while", () => invariantsHold({ worldsEach: 1, commandsEach: 500 }));
