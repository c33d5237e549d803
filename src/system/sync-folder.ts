// A new name in a folder is lost with the power until the folder itself is on the disk.

import { closeSync, fsyncSync, openSync } from "node:fs";

/** An entry of a folder lasts once the folder is synced. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
