// Reasons about reservations: what was reserved and how it may end.

import { actorIn, refused } from "./row.ts";

export const SPENDING = {
  "reservation.unknown": refused(
    404,
    1,
    "never",
    null,
    "No such reservation is open: settled, cancelled, or long over.",
    (n) => `${n["reservation"]} is not open: it was settled or cancelled, is over for more than a day, or never was`,
    () => ["reserve a step and settle that one"],
  ),
  "reservation.not_yours": refused(
    403,
    1,
    "never",
    null,
    "A reservation is closed by whoever made it.",
    (n) => `${n["reservation"]} is ${actorIn(n, "owner")}'s, not ${actorIn(n, "actor")}'s`,
    () => ["settle your own; write nothing here"],
  ),
  "reservation.started": refused(
    409,
    1,
    "never",
    null,
    "What has begun is settled, not cancelled.",
    (n) => `${n["reservation"]} has begun or its time is over`,
    (n) => [`settle it: \`exec-kernel step settle ${n["reservation"]}\``],
  ),
} as const;
