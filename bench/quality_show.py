"""How the quality bench shows its figures: results for the JSON line, rows for the tables, and the reliability plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.quality_measures import RANKS, Calibration, Recall, Verdicts
from bench.quality_pairs import PairTrial
from bench.quality_trials import ListTrial

__all__ = ["list_result", "pair_result", "plot_reliability", "recall_result", "show_lists", "show_pairs"]

Cells = list[object]


def list_result(trial: ListTrial) -> dict[str, Any]:
    """The part of a matcher's result that comes from real lists."""
    return {
        "threshold": trial.threshold,
        "threshold_dated": trial.threshold_dated,
        "alerts_per_mille": {"name": trial.alerts_per_mille[0], "dated": trial.alerts_per_mille[1]},
        "us_per_check": trial.us_per_check,
        "lists": {name: recall_result(row) for name, row in trial.rows.items()},
    }


def recall_result(row: Recall) -> dict[str, Any]:
    """One recall."""
    return {"questions": row.questions, f"recall_at_{RANKS}": row.at_ranks, "recall_at_t": row.at_threshold}


def pair_result(trial: PairTrial) -> dict[str, Any]:
    """The part of a matcher's result that comes from pairs; the first row, all pairs with dates, gives the heads."""
    overall = next(iter(trial.dated.values()))
    modes = {"dated": trial.dated, "named": trial.named}
    return {
        "precision": overall.precision,
        "recall": overall.recall,
        "f1": overall.f1,
        "us_per_pair": trial.us_per_pair,
        "pairs": {mode: {name: _verdict_result(row) for name, row in rows.items()} for mode, rows in modes.items()},
    }


def _verdict_result(row: Verdicts) -> dict[str, Any]:
    figures = {"recall": row.recall} if row.positives else {}
    figures |= {"false_share": row.false_share} if row.negatives else {}
    return {"pairs": row.positives + row.negatives, **figures}


def show_lists(console: Console, trials: Mapping[str, ListTrial]) -> None:
    """A table of recall on lists: among the first ten, and at the matcher's own threshold."""
    heads = [f"{name} {column}" for name in trials for column in (f"@{RANKS}", "@T")]
    rows: list[Cells] = []
    for name, row in next(iter(trials.values())).rows.items():
        found = [trial.rows[name] for trial in trials.values()]
        rows.append(
            [f"{name} ({row.questions})", *(_share(x) for own in found for x in (own.at_ranks, own.at_threshold))]
        )
    thresholds = [x for trial in trials.values() for x in (trial.threshold, trial.threshold_dated)]
    alerts = [x for trial in trials.values() for x in trial.alerts_per_mille]
    rows.append(["T by name, T with date", *map(_share, thresholds)])
    rows.append(["alerts per mille at own threshold", *("-" if x is None else f"{x:.1f}" for x in alerts)])
    rows.append(["us a check", *(cell for trial in trials.values() for cell in (f"{trial.us_per_check:.0f}", ""))])
    _table(console, "real lists", ["recall", *heads], rows)


def show_pairs(console: Console, trials: Mapping[str, PairTrial]) -> None:
    """A table of pairs: the share that matches, of equal pairs (more is better) and of different ones (!, less is)."""
    heads = [f"{name} {column}" for name in trials for column in ("dated", "named")]
    rows: list[Cells] = []
    for name, row in next(iter(trials.values())).dated.items():
        cells = [
            _matched(rows_of.get(name), row.positives > 0)
            for trial in trials.values()
            for rows_of in (trial.dated, trial.named)
        ]
        rows.append([f"{name} ({row.positives + row.negatives})" + ("" if row.positives else " !"), *cells])
    for label in ("precision", "f1"):
        overall = [next(iter(own.values())) for t in trials.values() for own in (t.dated, t.named)]
        rows.append([label, *(_share(getattr(own, label)) for own in overall)])
    rows.append(["threshold", *(cell for t in trials.values() for cell in (_share(t.threshold), ""))])
    rows.append(["us a pair", *(cell for t in trials.values() for cell in (f"{t.us_per_pair:.0f}", ""))])
    _table(console, "labelled pairs: share that matches (! is wrong to match)", ["pairs", *heads], rows)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _matched(row: Verdicts | None, positives: bool) -> str:
    if row is None:
        return "-"
    return _share(row.recall if positives else row.false_share)


def _table(console: Console, title: str, columns: Sequence[str], rows: Sequence[Cells]) -> None:
    table = Table(title=title)
    for column in columns:
        table.add_column(column, justify="left" if column == columns[0] else "right")
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)


def plot_reliability(path: Path, trials: Mapping[str, PairTrial]) -> None:
    """Draws for each matcher the share of right matches over the score, beside the diagonal of a calibrated one."""
    from matplotlib.figure import Figure

    modes = list(next(iter(trials.values())).bins)
    figure = Figure(figsize=(5 * len(modes), 5), layout="constrained")
    for axes, mode in zip(figure.subplots(1, len(modes), squeeze=False)[0], modes, strict=True):
        axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="calibrated")
        for name, trial in trials.items():
            bins: Sequence[Calibration] = trial.bins[mode]
            line = axes.plot([own.score for own in bins], [own.right for own in bins], label=name)
            sizes = [4 + own.pairs**0.5 for own in bins]
            axes.scatter([own.score for own in bins], [own.right for own in bins], s=sizes, color=line[0].get_color())
        axes.set(xlabel="score", ylabel="share of pairs that are one person", title=mode)
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
