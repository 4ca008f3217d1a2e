"""Logging: one JSON object a line on standard error."""

from __future__ import annotations

import json
import subprocess
import sys


def test_an_event_is_one_json_line_on_standard_error() -> None:
    """With level and time; standard output stays free for answers."""
    code = (
        "from screening.logs import configure_logging; import structlog; configure_logging(); "
        "structlog.get_logger('x').error('it_happened', worker=3, problem='line\\nbreak')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (line,) = done.stderr.splitlines()
    fields = json.loads(line)
    assert (fields["event"], fields["worker"], fields["level"]) == ("it_happened", 3, "error")
    assert fields["timestamp"].endswith("Z")
    assert done.stdout == ""
