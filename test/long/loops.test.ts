import { describe } from "node:test";
import { realHistories, SESSIONS, TRACES } from "../support/loops/real.ts";
import { skipWithout } from "../support/outside-data.ts";
import { runSeed } from "../support/random.ts";
import { findsLoops, findsLoopsInReal, passesHonestWork } from "../steps/described.ts";

const seed = runSeed();
const sessions = await realHistories(SESSIONS);
const succeeded = (await realHistories(TRACES)).filter(({ success }) => success === true);

describe("loops in made-up work, a long while", () => findsLoops(seed, 300));

describe("loops in real sessions", () => findsLoopsInReal(seed, 30, sessions, skipWithout(SESSIONS)));

describe("loops in real traces that succeeded", () => findsLoopsInReal(seed, 30, succeeded, skipWithout(TRACES)));

describe("work that looks like a loop, a long while", () => passesHonestWork(seed, 200));
