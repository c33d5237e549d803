// Trees for people: each node with the stems and the branch before it, without recursion's help from the stack, because
// a foreign history may be deeper than any lineage here.

/** A node in its place: `stem` is what is drawn before it. */
export type Branch<T> = { readonly node: T; readonly stem: string; readonly depth: number };

/** The nodes in the order they are drawn, each above what lies below it. */
export function branchesOf<T>(tops: readonly T[], below: (node: T) => readonly T[]): readonly Branch<T>[] {
  const branches: Branch<T>[] = [];
  const open = tops.toReversed().map((node) => ({ node, before: "", joint: "", depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, before, joint, depth } = next;
    branches.push({ node, stem: before + joint, depth });
    const inner = before + (joint === "" ? "" : joint.startsWith("├") ? "│  " : "   ");
    for (const [index, child] of below(node).toReversed().entries())
      open.push({ node: child, before: inner, joint: index === 0 ? "└─ " : "├─ ", depth: depth + 1 });
  }
  return branches;
}
