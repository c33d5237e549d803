// Transcripts in documents: each `$ command` of a console block, what the page says it prints, and what makes two runs
// comparable (times, hashes, versions and names of a machine become placeholders).

import { userInfo } from "node:os";

/** A block of a page: the line it begins at (from 1) and its commands with the lines they print. */
export type Block = {
  readonly line: number;
  readonly steps: readonly { readonly command: string; readonly prints: string }[];
};

/** The console blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((match) => {
    const parts = (match[1] ?? "").split(/^\$ /m).filter((part) => part !== "");
    const line = page.slice(0, match.index).split("\n").length;
    return { line, steps: parts.map(stepOf) };
  });
}

function stepOf(part: string): Block["steps"][number] {
  const end = part.indexOf("\n");
  return { command: part.slice(0, end), prints: part.slice(end + 1) };
}

/** The page with other output under its commands. */
export function withOutputs(page: string, outputs: readonly string[]): string {
  let at = 0;
  return page.replaceAll(/^```console\n([\s\S]*?)^```$/gm, (_, body: string) => {
    const commands = body.split("\n").filter((line) => line.startsWith("$ "));
    const text = commands.map((command) => `${command}\n${outputs[at++] ?? ""}`).join("");
    return `\`\`\`console\n${text}\`\`\``;
  });
}

const HASH = "9f2c4e6a8b0d1f3e5a7c9b0d2e4f6a8c1b3d5f7e9a0c2b4d6f8e1a3c5b7d9f0e";

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "human";
  }
}

/** Columns move with what stands in them: for comparing, any gap is as good as any other. */
export function gapless(text: string): string {
  return text.replaceAll(/ {2,}/g, "  ");
}

/** Output with placeholders for what differs from run to run and from machine to machine. */
export function comparable(text: string, home: string): string {
  const name = userName().replaceAll(/[^\w]/g, "\\$&");
  return (
    text
      .replaceAll(home, "/home/ada")
      .replaceAll(new RegExp(`\\bhuman([ :])${name}\\b`, "g"), "human$1ada")
      .replaceAll(new RegExp(`run as ${name}\\b`, "g"), "run as ada")
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-01-31T10:00:00.000Z")
      .replaceAll(/, \d+ KB, checked/g, ", 68 KB, checked")
      .replaceAll(/\bincarnation \d+/g, "incarnation 2628000")
      .replaceAll(/"(at|createdAt|updatedAt)":\d+/g, '"$1":1769853600000')
      .replaceAll(
        /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
        "019c1388-2b00-7000-8000-000000000000",
      )
      .replaceAll(/\b[0-9a-f]{64}\b/g, HASH)
      .replaceAll(/\b(policy|head|hash) [0-9a-f]{12}\b/g, `$1 ${HASH.slice(0, 12)}`)
      .replaceAll(/project-[0-9a-f]{8}/g, "project-5d0a7c31")
      .replaceAll(/node \d+\.\d+\.\d+, \w+/g, "node 24.21.0, linux")
      .replaceAll(/(sqlite +)3\.\d+\.\d+/g, "$13.53.4")
      .replaceAll(/((?:size|disk) +)[\d.]+ KB/g, "$160 KB")
      .replaceAll(/[\d.]+ [MGT]B free\b/g, "40 GB free")
      .replaceAll(/[\d,]+ bytes each\b/g, "700 bytes each")
      .replaceAll(/(?<=\d [a-z]+ )\([\d.]+ (?:bytes|KB)\)/g, "(200 bytes)")
      .replaceAll(/(postgresql +)[\d.]+/g, "$118.4")
      .replaceAll(/(server clock +)\d+ ms (?:ahead of|behind)/g, "$10 ms ahead of")
      .replaceAll(/\d+ (?:min \d+ )?m?s ago\b/g, (age) => "now".padEnd(age.length))
      .replaceAll(/(, | in )\d+\.\d s\b/g, "$10.0 s")
      .replaceAll(/(?<= )(?!0 ms)\d+ m?s(?= )/g, (used) => "2 s".padEnd(used.length))
      .replaceAll(/\b5 h 5\d min\b/g, "5 h 59 min")
      .replaceAll(/\b(?:29|30) min left\b/g, "29 min left")
      .replaceAll(/\b(?:2 h|1 h 59 min) left\b/g, "1 h 59 min left")
      .replaceAll(/"projectedAt":\d+/g, '"projectedAt":null')
      // When a budget would be full hangs on how far its hour or day has got.
      .replaceAll(/^(\w+ (?:an hour|a day|a month) .* {2})\S.*$/gm, "$1-")
      .replaceAll(/^(.* \d+% {2}.* {2})\S.*$/gm, "$1-")
      .replaceAll(/\b((?:an hour|a day|a month) \d+%), full in .*$/gm, "$1")
      .replaceAll(/^((?:steps|time|cost|tokens) .* {2})\d+ (?:m?s|min|h|days)(?: \d+ \w+)?$/gm, "$1-")
      .replaceAll(/, full in .*$/gm, "")
      .replaceAll(/(2[67]) min more/g, "27 min more")
      .replaceAll(/\bnow +([),])/g, "now$1")
      .replaceAll(/ +$/gm, "")
  );
}
