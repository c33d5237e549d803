// Configuration: a YAML file and the environment over frozen defaults, and the policy that they propose.

export { policyChanges } from "./changes.ts";
export type { PolicyChange } from "./changes.ts";
export type { Config } from "./config.ts";
export type { Environment } from "./environment.ts";
export { explainPolicy } from "./explain.ts";
export { checkConfig, loadConfig, loadWarned } from "./load.ts";
export type { ConfigCheck, ConfigOptions } from "./load.ts";
export { parsePolicy } from "./parse-policy.ts";
export { ConfigError, problemLine } from "./problem.ts";
export type { Problem } from "./problem.ts";
export { configSchema } from "./schema.ts";
export { policyFromConfig } from "./resolve-policy.ts";
