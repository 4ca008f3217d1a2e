"""Which rows a search may touch. It knows no person and no rule, only classes of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexes.kernels.array_types import BoolArray

__all__ = ["RowMask"]


@dataclass(frozen=True, slots=True)
class RowMask:
    """An opaque set of rows: those whose access class is set in `classes`, (access classes of the snapshot,) bool."""

    classes: BoolArray

    def __and__(self, other: RowMask) -> RowMask:
        return RowMask(self.classes & other.classes)

    def __or__(self, other: RowMask) -> RowMask:
        return RowMask(self.classes | other.classes)

    def __bool__(self) -> bool:
        """False where no row at all may be touched, so that a search can be left out."""
        return bool(self.classes.any())

    @classmethod
    def none(cls, class_count: int) -> RowMask:
        """The empty set."""
        return cls(np.zeros(class_count, np.bool_))
