// Which kinds of actor may ask for each command at all; the rules come after.

import type { ActorKind } from "./actor.ts";
import type { CommandType } from "./command.ts";

const WORKERS: readonly ActorKind[] = ["human", "agent"];
const MAKERS: readonly ActorKind[] = ["human", "agent", "system"];
const SPENDERS: readonly ActorKind[] = ["human", "agent", "harness"];
const ANYBODY: readonly ActorKind[] = ["human", "agent", "system", "harness"];
const HUMAN: readonly ActorKind[] = ["human"];
const HARNESS: readonly ActorKind[] = ["harness"];

export const ALLOWED_KINDS: { readonly [T in CommandType]: readonly ActorKind[] } = {
  adopt_policy: HUMAN,
  start_incarnation: ["human", "system"],
  create_task: MAKERS,
  edit_task: MAKERS,
  assign_task: MAKERS,
  place_task: MAKERS,
  claim_task: WORKERS,
  renew_lease: SPENDERS,
  move_task: WORKERS,
  release_task: SPENDERS,
  reopen_task: HUMAN,
  reserve_step: SPENDERS,
  settle_step: SPENDERS,
  cancel_step: SPENDERS,
  record_step: SPENDERS,
  record_evidence: HARNESS,
  start_run: SPENDERS,
  end_run: ANYBODY,
  register_agent: MAKERS,
  sleep_agent: MAKERS,
  wake_agent: ["human", "system", "harness"],
  halt_scope: ["human", "system", "harness"],
  resume_scope: HUMAN,
  approve_request: HUMAN,
  deny_request: HUMAN,
  mark_wrong: HUMAN,
  sweep: ["human", "system"],
  record_fact: HARNESS,
};
