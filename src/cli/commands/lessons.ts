// lessons: what was learnt from work that was done or blocked, found by its words.

import type { CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { lessonBlock } from "../output/lesson-lines.ts";
import { printBlocks } from "../output/print-list.ts";

const SHOWN = 20;

export const lessons: CommandSpec = {
  name: "lessons",
  summary: "what was learnt from work that was done or blocked",
  about: ["Without a QUERY the latest. A claim shows the ones that fit its task."],
  args: [{ name: "QUERY", many: true, optional: true }],
  flags: { limit: { value: "N", about: `at most this many (else ${SHOWN})` } },
  examples: ["exec-kernel lessons", "exec-kernel lessons registry access --limit 5"],
  run: async (call) => {
    const limit = wholeOr("--limit", call.flags.text("limit"), 1) ?? SHOWN;
    return withWorkspace(call, {}, async ({ kernel }) => {
      const now = await kernelTime(kernel);
      return printBlocks(call, {
        items: await kernel.lessons(call.args.join(" "), limit),
        id: ({ task }) => task,
        block: (lesson) => lessonBlock(lesson, now, call.paint),
        empty:
          call.args.length > 0
            ? "no lesson fits. the latest ones: exec-kernel lessons"
            : 'no lessons yet. one is kept when a task is done or blocked: exec-kernel task done T-1 --lesson "..."',
      });
    });
  },
};
