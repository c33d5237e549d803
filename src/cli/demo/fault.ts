// A fault of the demo itself: a process of it failed or hung. Nothing is said about any row then.

export class DemoFault extends Error {
  override name = "DemoFault";
}
