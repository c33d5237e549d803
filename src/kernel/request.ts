// What a caller may ask for, before intake: the typed counterpart of the JSON bodies that intake checks.

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
};

export type RecordStepRequest = {
  readonly task: string;
  readonly tool?: string | undefined;
  /** The call and its result as text; only keyed digests of them are kept. */
  readonly call?: string | undefined;
  readonly result?: string | undefined;
  readonly tokens?: number | undefined;
  readonly costMicros?: number | undefined;
  /** Any other dimension that the policy limits. */
  readonly amounts?: { readonly [dimension: string]: number } | undefined;
  /** One of the steps granted beside the limit, to write the hand-back note. */
  readonly handBack?: boolean | undefined;
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

export type RequestBodies = {
  create_task: CreateTaskRequest;
  claim_task: { readonly task: string };
  move_task: { readonly task: string; readonly to: string; readonly reason?: string | undefined };
  release_task: { readonly task: string; readonly reason?: string | undefined };
  reopen_task: { readonly task: string; readonly reason: string };
  record_step: RecordStepRequest;
  sleep_agent: {
    readonly agent?: string | undefined;
    readonly timeoutMs?: number | undefined;
    readonly reason?: string | undefined;
  };
  wake_agent: { readonly agent: string; readonly reason?: string | undefined };
  record_fact: RecordFactRequest;
  adopt_policy: { readonly policy: unknown; readonly source: string };
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
