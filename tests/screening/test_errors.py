"""Errors hold stable reasons and never a person's data. (Their way to gRPC: test_status.py.)"""

from __future__ import annotations

from screening.errors import FieldViolation, InvalidQueryError, NotEntitledError, ScreeningError


def test_an_invalid_query_is_a_value_error_that_names_its_fields() -> None:
    """Importers treat it as a bad row, the service as a bad request."""
    error = InvalidQueryError((FieldViolation("a", "is required"), FieldViolation("b[1]", "is no date")))
    assert isinstance(error, ValueError)
    assert isinstance(error, ScreeningError)
    assert str(error) == error.message == "a: is required; b[1]: is no date"


def test_what_is_forbidden_reads_like_what_is_absent() -> None:
    """AIP-211: the text gives neither away."""
    assert "might not exist" in NotEntitledError().message
