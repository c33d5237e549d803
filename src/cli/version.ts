// The version this command line says it is. Kept as text, because the bundle has no package.json beside it; a test
// holds it to the package's own.

export const VERSION = "0.1.0";
