"""The seed's side of the benchmark: runs one of the cases below so many times and answers how long it took.

One JSON object a line on stdin, {"case": ..., "count": ..., "depth": ...}; one on stdout, {"ns": ...} or {"bytes": ...}.
"""

import gc
import json
import sys
import tracemalloc
from time import perf_counter_ns

from kernel import BudgetTracker, InvalidTransitionError, LoopDetector, TaskState, WorkNode, validate_transition

NO_LIMIT = 10**12
FAMILIES = 64
BATCH = 10_000


def validate_members(count, pairs, _):
    members = [(TaskState(a), TaskState(b)) for a, b in pairs]
    start = perf_counter_ns()
    for _ in range(count // len(members)):
        for a, b in members:
            validate_transition(a, b)
    return perf_counter_ns() - start


def validate_strings(count, pairs, _):
    start = perf_counter_ns()
    for _ in range(count // len(pairs)):
        for a, b in pairs:
            validate_transition(TaskState(a), TaskState(b))
    return perf_counter_ns() - start


def validate_refused(count, pairs, _):
    start = perf_counter_ns()
    for _ in range(count // len(pairs)):
        for a, b in pairs:
            try:
                validate_transition(TaskState(a), TaskState(b))
            except InvalidTransitionError:
                pass
    return perf_counter_ns() - start


def line_of(detector, family, depth):
    """Registers a line of work down to just above `depth` and returns its last id."""
    above = None
    for level in range(depth):
        task = f"line-{family}-{level}"
        detector.register_node(WorkNode(task, "above", "feature", above, above, level))
        above = task
    return above


def new_task(count, _, depth):
    names = [f"task-{i}" for i in range(min(count, BATCH))]
    total = 0
    while count > 0:
        detector = LoopDetector(NO_LIMIT)
        tips = [line_of(detector, family, depth) for family in range(FAMILIES if depth < 100 else 1)]
        batch = [(name, tips[i % len(tips)]) for i, name in enumerate(names[:count])]
        start = perf_counter_ns()
        for name, tip in batch:
            level = detector.check_new_task(name, "agent", "feature", tip, tip)
            detector.register_node(WorkNode(name, "agent", "feature", tip, tip, level))
        total += perf_counter_ns() - start
        count -= len(batch)
    return total


def record_step(count, _, __):
    tracker = BudgetTracker()
    names = [f"task-{i}" for i in range(FAMILIES)]
    for name in names:
        tracker.start_task(name, {"max_steps": NO_LIMIT})
    start = perf_counter_ns()
    for _ in range(count // len(names)):
        for name in names:
            tracker.record_step(name)
    return perf_counter_ns() - start


def node_bytes(count, depth):
    names = [f"task-{i}" for i in range(count)]
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    detector = LoopDetector(NO_LIMIT)
    for i, name in enumerate(names):
        above = names[i - 1] if i % depth else None
        detector.register_node(WorkNode(name, "agent", "feature", above, above, i % depth))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(detector.nodes)


TIMED = {
    "validate-members": validate_members,
    "validate-strings": validate_strings,
    "validate-refused": validate_refused,
    "new-task": new_task,
    "record-step": record_step,
}


def answer(asked):
    if asked["case"] == "node-bytes":
        return {"bytes": node_bytes(asked["count"], asked["depth"])}
    return {"ns": TIMED[asked["case"]](asked["count"], asked["pairs"], asked["depth"])}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
