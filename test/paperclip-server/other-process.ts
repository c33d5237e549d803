// Another process of the same agent: it knows nothing but the environment and the store, and tries to make up work.

import { PaperclipAdapter } from "../../src/paperclip/index.ts";
import { openWorkspace } from "./workspace.ts";

const [path = "", title = ""] = process.argv.slice(2);
const { kernel, close } = await openWorkspace(path, false);
const adapter = new PaperclipAdapter({ kernel });
const admission = {
  consumer: "the on-call engineer",
  painPoint: "the docs could be nicer",
  expectedValue: "nicer docs",
  validationPath: "somebody reads them",
};
try {
  const issue = await adapter.createTask(title, "docs", admission);
  console.log(`created ${issue.id}`);
} catch (error) {
  console.log(error instanceof Error ? error.name : String(error));
}
await close();
