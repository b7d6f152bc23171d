#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what telemetry adds to a call, in CPU nanoseconds, for each exporter.

usage: runtime_benchmark.py [CALLS]

A pair is an entry and its exit, the try around the body included; the bare call is taken off. The
otel line needs the OpenTelemetry API; without it, it shows what the fallback costs.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNTIME = (
    Path(__file__).resolve().parents[1]
    / "languages/src/main/resources/io/telemetryinject/language/python"
)
ROUNDS = 7


def bare(value):
    """What a program calls."""
    return value


def best(function, calls):
    """The CPU time of one call in the quickest round, loop included."""
    quickest = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        for _ in range(calls):
            function(None)
        quickest = min(quickest, (time.process_time_ns() - start) / calls)
    return quickest


def measure(calls):
    """Measure the exporter that the environment names."""
    sys.path.insert(0, str(RUNTIME))
    # pylint: disable=import-outside-toplevel, import-error
    from _telemetry_utils import tel as _tel

    def instrumented(value):
        _tel_func = _tel.func_entry("instrumented", "value")
        try:
            return _tel.func_exit(_tel_func, (value))
        except BaseException as _tel_exc:
            _tel.func_error(_tel_func, _tel_exc)
            raise

    return best(instrumented, calls) - best(bare, calls)


def main():
    """Measure each exporter in a process of its own."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if "RUNTIME_BENCHMARK_CHILD" in os.environ:
        print(round(measure(calls)))
        return
    print(f"Python {sys.version.split()[0]}, {ROUNDS} rounds of {calls} calls, ns per call pair")
    with tempfile.TemporaryDirectory() as folder:
        for exporter in ("none", "jsonl", "otel"):
            environment = {
                **os.environ,
                "RUNTIME_BENCHMARK_CHILD": "1",
                "TELEMETRY_EXPORTER": exporter,
                "TELEMETRY_FILE": os.path.join(folder, "events.jsonl"),
            }
            command = [sys.executable, "-B", __file__, str(calls)]
            answer = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=True
            )
            note = " (without the OpenTelemetry API)" if answer.stderr else ""
            print(f"  {exporter:<6} {int(answer.stdout):>7}{note}")


if __name__ == "__main__":
    main()
