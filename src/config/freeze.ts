// Results are frozen through and through: a caller that changes one would change nobody else's.

/** Freezes the value and all it holds, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const parts: unknown[] = Object.values(value);
  for (const part of parts) deepFreeze(part);
  return value;
}
