// The runner's spec report, with its closing lines as TAP writes them ("# tests 12"), which tools know how to read.

import { Readable } from "node:stream";
import { spec } from "node:test/reporters";
import type { TestEvent } from "node:test/reporters";

/** The report as text; a default export because that is what --test-reporter loads. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const chunk of Readable.from(events).compose(new spec())) {
    yield String(chunk).replaceAll("ℹ ", "# ");
  }
}
