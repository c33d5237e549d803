import { describe } from "node:test";
import { runSeed } from "../support/random.ts";
import { findsLoops, passesHonestWork } from "./described.ts";

const seed = runSeed();

describe("loops in made-up work", () => findsLoops(seed, 28));

describe("work that looks like a loop", () => passesHonestWork(seed, 20));
