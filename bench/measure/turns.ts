// Actions that are timed one by one, all in turns: what else the machine does meanwhile falls on each of them.

export type Action = () => unknown;

/** Nanoseconds of each action in each round; the first `warm` rounds are left out. */
export async function timed(rounds: number, warm: number, actions: readonly Action[]): Promise<readonly number[][]> {
  const ns = actions.map((): number[] => []);
  for (let round = 0; round < warm + rounds; round += 1) {
    for (const [index, action] of actions.entries()) {
      const startedMs = performance.now();
      await action();
      if (round >= warm) ns[index]?.push((performance.now() - startedMs) * 1e6);
    }
  }
  return ns;
}
