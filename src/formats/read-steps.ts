// The one door from a found input to an agent's steps: whatever the format, the same stream of items.

import { claudeReader } from "./claude.ts";
import { codexReader } from "./codex.ts";
import type { Input } from "./detect.ts";
import type { ReadOptions } from "./lines.ts";
import { plainStepsReader } from "./plain-steps.ts";
import { runsReader } from "./runs.ts";
import type { FormatName } from "./sniff.ts";
import type { StepFileItem } from "./step-items.ts";
import { readStepLines, type MakeReader } from "./step-lines.ts";

const MAKERS: Readonly<Record<FormatName, MakeReader | null>> = {
  history: null,
  beads: null,
  claude: claudeReader,
  codex: codexReader,
  runs: runsReader,
  steps: plainStepsReader,
};

/** A history of states holds no steps: its lines are passed over, so that even a wrong question has an answer. */
const noReader: MakeReader = () => ({ take: () => null, end: () => undefined });

/**
 * Streams one input's steps in the order of their results, calls that never had one last; a human's and a model's words
 * before the calls that follow them. The line counts are the last item. Memory does not grow with the file. Never throws.
 */
export function readStepItems(input: Input, options: ReadOptions = {}): AsyncGenerator<StepFileItem> {
  return readStepLines(input.path, MAKERS[input.format] ?? noReader, options);
}
