// Words for an event that may make no sense: where its bytes lack what a sentence needs, the log is damaged, and that is
// a fault of the log and no defect of this program.

/** Puts the event at this sequence into words. @throws KernelFault `log.corrupt` where its bytes are not what they should be. */
export async function readable<T>(sequence: number, words: () => T): Promise<T> {
  try {
    return words();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { unreadable } = await import("../../kernel/index.ts");
    throw unreadable(sequence);
  }
}
