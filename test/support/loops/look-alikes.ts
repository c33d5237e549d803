// Honest work that looks like a loop. None of it may be refused, whatever is enforced.

import { called, failed, shell, waited } from "./act.ts";
import type { Act } from "./act.ts";
import { failingCheck } from "./calls.ts";
import { contentOf, pytest } from "./project.ts";
import type { Dice } from "./project.ts";

export type LookAlike = { readonly name: string; readonly make: (by: Dice) => readonly Act[] };

function times(count: number, act: (place: number) => readonly Act[]): readonly Act[] {
  return Array.from({ length: count }, (_, place) => act(place)).flat();
}

const path = (place: number): string => `/repo/src/alike/part-${place}.ts`;

function edit(place: number): Act {
  const members = {
    file_path: path(place % 7),
    old_string: `const a = ${place};`,
    new_string: `const a = ${place + 1};`,
  };
  return called("Edit", members, "The file has been updated successfully.");
}

function read(place: number): Act {
  return called("Read", { file_path: path(place) }, contentOf(path(place), 1));
}

const POLLS: readonly ((by: Dice) => Act)[] = [
  ({ noise }) => waited(shell("gh run view 123", noise.about(), "in progress · CI 123\n* build"), 10_000),
  ({ noise }) => waited(shell("sleep 30; cat build.log", noise.about(), "compiling"), 31_000),
  () => waited(called("TaskOutput", { task_id: "b7f3a1", block: true, timeout: 30000 }, "still running"), 5_500),
  () => waited(called("BashOutput", { bash_id: "bash_1" }, "(no new output)"), 6_000),
  () => waited(called("mcp__ci__get_build_status", { build: 4711 }, '{"status": "running"}'), 15_000),
  ({ noise }) => waited(shell("kubectl get pods -n app", noise.about(), "web-1 0/1 ContainerCreating"), 8_000),
];

function poll(by: Dice): readonly Act[] {
  const look = by.dice.pick(POLLS);
  return times(120, () => [look(by)]);
}

function write(by: Dice): readonly Act[] {
  const said = by.dice.pick(["ok", "File created successfully.", ""]);
  return times(30, (place) => {
    if (said !== "") return [called("Write", { file_path: path(place), content: contentOf(path(place), 1) }, said)];
    return [shell(`sed -i 's/old/new/' ${path(place)}`, by.noise.about(), said)];
  });
}

function green(by: Dice): readonly Act[] {
  return times(40, (place) => [edit(place), shell("npm test", by.noise.about(), pytest(0, by.noise))]);
}

function growingLog(by: Dice): readonly Act[] {
  return times(40, (place) => [
    shell("tail -n 20 server.log", by.noise.about(), `${by.noise.time()} served request ${place * 3}`),
  ]);
}

function fewerFailures(by: Dice): readonly Act[] {
  return times(25, (place) => [edit(place), failingCheck(by, "pytest -q", 25 - place)]);
}

function todos(): readonly Act[] {
  return times(20, (place) => [
    called(
      "TodoWrite",
      { todos: [{ content: `part ${place}`, status: "in_progress" }] },
      "Todos have been modified successfully.",
    ),
    place % 3 === 0 ? read(place) : edit(place),
    called("TaskUpdate", { taskId: String(place), status: "completed" }, "Updated."),
  ]);
}

function statusBetween(by: Dice): readonly Act[] {
  return times(15, (place) => [edit(place), shell("git status --short", by.noise.about(), " M src/alike/part-1.ts")]);
}

function readThrice({ dice }: Dice): readonly Act[] {
  return times(3, (round) => [read(100), ...times(4 + dice.below(8), (place) => [read(200 + round * 20 + place)])]);
}

function pages(): readonly Act[] {
  return times(30, (place) => [
    called("mcp__crm__list_orders", { page: place + 1, size: 50 }, `{"page": ${place + 1}, "orders": [${place * 50}]}`),
  ]);
}

function flaky(by: Dice): readonly Act[] {
  const members = { command: "npm view left-pad version", description: by.noise.about() };
  return [
    ...times(3, () => [failed("Bash", members, "npm error network ECONNRESET")]),
    called("Bash", members, "1.3.0"),
  ];
}

/** Fewer failures than the rule book bears, or as many as it bears while something new is read before each. */
function failedBefore(by: Dice, runs: number): readonly Act[] {
  return times(runs, (place) => [
    failingCheck(by, "npm test", 1),
    ...times(2 + by.dice.below(3), (other) => [read(300 + place * 10 + other)]),
  ]);
}

/** A program of the project's own, which no table knows, turns one file after the other. */
function ownProgram(by: Dice): readonly Act[] {
  return times(30, (place) => [shell(`python tools/convert.py data/part-${place}.csv`, by.noise.about(), "converted")]);
}

/** The whole suite after each step of a long change; one test of it failed before, and nobody asked for it. */
function oldFailure(by: Dice): readonly Act[] {
  return times(12, (place) => [read(400 + place), edit(place), failingCheck(by, "npm test", 1)]);
}

export const LOOK_ALIKES: readonly LookAlike[] = [
  { name: "120 looks at a build, a log, a process", make: poll },
  { name: "30 files written, one answer", make: write },
  { name: "40 edits, tests green after each", make: green },
  { name: "the end of a growing log", make: growingLog },
  { name: "fewer failures each time", make: fewerFailures },
  { name: "notes between other work", make: todos },
  { name: "git status between edits", make: statusBetween },
  { name: "one file read three times", make: readThrice },
  { name: "30 pages of a listing", make: pages },
  { name: "three retries of a flaky call", make: flaky },
  { name: "an old failure while sources are read", make: (by) => failedBefore(by, 2 + by.dice.below(3)) },
];

/** Honest too, and nothing in the rule book saves it: measured, and promised by nobody. */
export const OPEN_LOOK_ALIKES: readonly LookAlike[] = [
  { name: "30 files turned by a program of its own", make: ownProgram },
  { name: "an old failure 7 times, sources read", make: (by) => failedBefore(by, 7) },
  { name: "an old failure through 12 edits, sources read", make: oldFailure },
];
