"""A result that breaks its definition fails, however fast it was."""

from __future__ import annotations

import json

import pytest

from bench import report


def ended(result: dict[str, object], capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    code = report.finish(report.Report(name="load", result=result, columns=("figure", "value"), rows=[("a", 1.0)]))
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_a_good_result_ends_with_0_and_its_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A good result ends with exit code 0 and its JSON line."""
    code, line = ended({"errors": 0, "found_share": 0.9}, capsys)
    assert code == 0
    assert line == {"bench": "load", "errors": 0, "found_share": 0.9, "failed": []}


@pytest.mark.parametrize("result", [{"errors": 1}, {"errors": 0, "found_share": 0.1}, {"errors": 0, "exact_missed": 1}])
def test_a_fast_wrong_result_fails(result: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    """A fast wrong result ends with exit code 1 and names the expectation that failed."""
    code, line = ended({"checks_per_s": 1e9, **result}, capsys)
    assert code == 1
    assert line["failed"]


def test_a_figure_not_measured_is_not_judged(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure not measured in this run is not judged."""
    assert ended({"errors": 0}, capsys)[0] == 0


def test_every_definition_says_what_on_what_and_with_which_bias() -> None:
    """Every definition of this folder says what is measured, on which corpus, and with which bias."""
    for name in ("load", "transport"):
        definition = report.load_definition(name)
        assert definition.measures
        assert definition.corpus
        assert definition.bias
        assert definition.expect
