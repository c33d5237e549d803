// What several rooms ask of the operating system.

export { codeOf } from "./error-code.ts";
export { firstMessage } from "./first-message.ts";
export { putInPlace } from "./put-in-place.ts";
export { syncFolder } from "./sync-folder.ts";
