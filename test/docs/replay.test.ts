import { playPage } from "../support/play-page.ts";

await playPage("docs/replay.md");
