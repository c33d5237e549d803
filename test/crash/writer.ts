// A process that writes until it is killed: several agents and a human at once, over a kernel of its own on the shared
// file. It tells of each command before it asks and of each answer after its commit, as one line in one write.

import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Kernel, Request } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { agentActor, bench } from "../support/kernels.ts";
import { random } from "../support/random.ts";
import { deadlyStore, killerAt } from "./deadly-store.ts";
import { agentLife, humanLife } from "./hands.ts";
import type { Ask } from "./hands.ts";
import type { Asked, Line, Orders } from "./orders.ts";

function isOrders(value: unknown): value is Orders {
  return typeof value === "object" && value !== null && "path" in value && "death" in value;
}

async function readOrders(): Promise<Orders> {
  for await (const line of createInterface({ input: process.stdin })) {
    const orders: unknown = JSON.parse(line);
    if (isOrders(orders)) return orders;
  }
  throw new TypeError("no orders came");
}

function tell(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

const orders = await readOrders();
const { death, life, seed } = orders;
const file = await openSqliteStore({ path: orders.path, walBytesMax: orders.walBytesMax });
const store =
  death.by === "itself"
    ? deadlyStore(
        file,
        killerAt(death.point, death.nth, () => tell({ dying: death.point })),
      )
    : file;
const { human, clock } = await bench({ store, init: false });

async function submit(kernel: Kernel, asked: Asked): Promise<Awaited<ReturnType<Ask>>> {
  tell({ asked });
  clock.now = Date.now();
  const { id, decision, replayed } = await kernel.submit(asked.request);
  const { verdict, code, commandId, result = null } = decision;
  tell({ answered: { commandId, id, verdict, replayed, code, result } });
  return decision;
}

const kernelOf = (name: string): Kernel => (name === "human" ? human : human.as(agentActor(name)));

function hand(name: string): Ask {
  let asked = 0;
  return async (request: Request) => {
    asked += 1;
    return await submit(kernelOf(name), { as: name, request: { ...request, commandId: `${name}-${life}-${asked}` } });
  };
}

clock.now = Date.now();
for (const one of orders.again) await submit(kernelOf(one.as), one);
const names = Array.from({ length: orders.agents }, (_, n) => `a-${orders.process}-${n}`);
await Promise.all([
  ...names.map((name, n) => agentLife(human, name, hand(name), random(seed + n))),
  humanLife(human, hand("human"), random(seed + names.length)),
]);
