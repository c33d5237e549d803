// What a caller may ask for, before intake: the typed counterpart of the JSON bodies that intake checks.

import type { EvidenceKind, ReleaseCause, StepClass } from "../core/index.ts";

/** Whole numbers by dimension (tokens, costMicros, or a name the policy limits), at most 2^40 each. */
export type AmountsRequest = { readonly [dimension: string]: number };

export type AdmissionRequest = {
  readonly consumer: string;
  readonly painPoint: string;
  readonly expectedValue: string;
  readonly validationPath: string;
  readonly originCategory?: string | undefined;
  readonly originEvidence?: string | undefined;
};

export type CreateTaskRequest = {
  /** 1-200 printable characters; left out, the kernel gives T-n. */
  readonly task?: string | undefined;
  readonly title: string;
  /** Left out: "task". */
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  /** Tells apart equal work in different places (a path, a repository, a customer). */
  readonly scope?: string | undefined;
  readonly state?: string | undefined;
  readonly parent?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly assignee?: string | undefined;
  /** 0 (most urgent) to 4; left out: 2. */
  readonly priority?: number | undefined;
  readonly needs?: readonly string[] | undefined;
  readonly blockedBy?: readonly string[] | undefined;
  /** Tighter limits of its own for its life: steps, durationMs, costMicros, ... */
  readonly limits?: AmountsRequest | undefined;
  /** Milliseconds since 1970. */
  readonly deadlineAt?: number | undefined;
  readonly admission?: AdmissionRequest | undefined;
};

/** What is left out stays as it is. */
export type EditTaskRequest = {
  readonly task: string;
  readonly priority?: number | undefined;
  readonly needs?: readonly string[] | undefined;
  readonly blockedBy?: readonly string[] | undefined;
  readonly limits?: AmountsRequest | undefined;
  /** 0 takes it away. */
  readonly deadlineAt?: number | undefined;
};

/** How the cost is known: from the provider's counts and a price, guessed, or not at all (then tokens count). */
export type CostBasis = "measured" | "estimated" | "unpriced";

type Spending = {
  readonly tokens?: number | undefined;
  readonly costMicros?: number | undefined;
  readonly costBasis?: CostBasis | undefined;
  /** Any other dimension that the policy limits. */
  readonly amounts?: AmountsRequest | undefined;
};

export type ReserveStepRequest = Spending & {
  readonly task: string;
  readonly tool?: string | undefined;
  /** The call as text: its arguments as JSON, or the line for a shell. Only keyed digests of it are kept. */
  readonly call?: string | undefined;
  /** What the step does; left out: what the published tables say of tool and call. */
  readonly class?: StepClass | undefined;
  /** It begins at once and can only be settled. */
  readonly started?: boolean | undefined;
  /** One of the steps granted beside the limit, to write the hand-back note. */
  readonly handBack?: boolean | undefined;
};

export type SettleStepRequest = Spending & {
  readonly reservation: string;
  readonly result?: string | undefined;
  readonly failed?: boolean | undefined;
  readonly next?: ReserveStepRequest | undefined;
};

export type RecordStepRequest = Omit<ReserveStepRequest, "started"> & {
  readonly result?: string | undefined;
  readonly failed?: boolean | undefined;
};

export type RecordEvidenceRequest = {
  readonly task: string;
  readonly what: EvidenceKind;
  /** The command's line, the reviewer's name, or the link. */
  readonly name: string;
  /** Of a command: 0 passes. */
  readonly exitCode?: number | undefined;
  /** Of a review. */
  readonly approved?: boolean | undefined;
  /** The output as text; only a digest of it is kept. */
  readonly output?: string | undefined;
  /** The life and the claim it was seen in; left out: the present ones. */
  readonly attempt?: number | undefined;
  readonly of?: number | undefined;
};

export type LessonRequest = {
  readonly what?: string | undefined;
  readonly blocker?: string | undefined;
  readonly workaround?: string | undefined;
};

export type RecordFactRequest = {
  readonly task: string;
  readonly from?: string | null | undefined;
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly title?: string | undefined;
  readonly kind?: string | undefined;
  readonly parent?: string | null | undefined;
  readonly createdBy?: string | null | undefined;
  readonly author?: string | null | undefined;
  readonly assignee?: string | null | undefined;
};

type Reason = { readonly reason?: string | undefined };

export type RequestBodies = {
  adopt_policy: { readonly policy: unknown; readonly source: string };
  /** The log was restored and ended there. */
  start_incarnation: { readonly restoredFrom: { readonly sequence: number; readonly hash: string } };
  create_task: CreateTaskRequest;
  edit_task: EditTaskRequest;
  /** No assignee: nobody's. */
  assign_task: { readonly task: string; readonly assignee?: string | undefined } & Reason;
  /** Moves it, and all below it, under another parent of its root. */
  place_task: { readonly task: string; readonly parent: string };
  /** No task: the next ready one. */
  claim_task: { readonly task?: string | undefined };
  renew_lease: { readonly task: string };
  move_task: { readonly task: string; readonly to: string; readonly lesson?: LessonRequest | undefined } & Reason;
  release_task: { readonly task: string; readonly cause?: ReleaseCause | undefined } & Reason;
  reopen_task: { readonly task: string; readonly reason: string };
  reserve_step: ReserveStepRequest;
  settle_step: SettleStepRequest;
  cancel_step: { readonly reservation: string };
  record_step: RecordStepRequest;
  record_evidence: RecordEvidenceRequest;
  start_run: { readonly run: string; readonly task?: string | undefined };
  /** A human, a system or a harness names whose run it ends. */
  end_run: { readonly run: string; readonly agent?: string | undefined } & Reason;
  /** An agent registers itself; others name it. */
  register_agent: { readonly agent?: string | undefined; readonly capabilities?: readonly string[] | undefined };
  sleep_agent: { readonly agent?: string | undefined; readonly timeoutMs?: number | undefined } & Reason;
  wake_agent: { readonly agent: string } & Reason;
  halt_scope: { readonly scope: string; readonly reason: string };
  resume_scope: { readonly scope: string } & Reason;
  /** `decision` is the d-<sequence> of a refusal; `add` raises a full budget. */
  approve_request: {
    readonly decision: string;
    readonly add?: AmountsRequest | undefined;
    /** How long it holds; left out: 2 hours. */
    readonly forMs?: number | undefined;
    readonly reason: string;
  };
  deny_request: { readonly decision: string; readonly reason: string };
  mark_wrong: { readonly decision: string } & Reason;
  /** What fell due: found by the kernel itself. */
  sweep: { readonly [none: string]: never };
  record_fact: RecordFactRequest;
};

export type RequestType = keyof RequestBodies;

export type RequestOptions = {
  /** Left out: a new one. Send the same one again after a lost reply. */
  readonly commandId?: string | undefined;
  readonly run?: string | undefined;
  readonly fence?: number | undefined;
  /** Decide and write nothing. */
  readonly dryRun?: boolean | undefined;
};

export type Request = {
  [T in RequestType]: RequestOptions & { readonly type: T; readonly body: RequestBodies[T] };
}[RequestType];
