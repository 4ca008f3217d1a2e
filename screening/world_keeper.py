"""Keeps one worker's world up to date: the newest snapshot and the newest good access register, swapped whole."""

from __future__ import annotations

from importlib.resources import files

import structlog

from indexes.snapshot import Snapshot, open_snapshot
from indexes.storage import Manifest, SnapshotRejectedError, read_manifest, verify
from screening.access import identify
from screening.access_register import RegisterError, parse_register
from screening.clock import Clock
from screening.data_directory import DataDirectory
from screening.errors import NotReadyError
from screening.model import Caller
from screening.profiles import parse_profiles
from screening.screen import Screener
from screening.wire_notice import notice_from_bytes
from screening.world import CopyState, World, make_world

__all__ = ["OLD_COPY_SECONDS", "REFRESH_SECONDS", "WorldKeeper", "read_profiles"]

REFRESH_SECONDS = 0.5  # How often a worker looks for a newer snapshot or register: two `stat` calls.
OLD_COPY_SECONDS = 60  # From then on an answer says that it comes from an old copy.
_LOG = structlog.get_logger("screening.world")


def read_profiles() -> str:
    """The text of the profiles that this version ships."""
    return files("screening").joinpath("profiles.toml").read_text(encoding="utf-8")


class WorldKeeper:
    """Opens a data directory and follows it. `screener` is replaced as one reference; whoever took it keeps it."""

    def __init__(self, directory: DataDirectory, clock: Clock) -> None:
        """Raises SnapshotRejectedError, RegisterError or ValueError where there is nothing good to start from."""
        self._directory = directory
        self._clock = clock
        self._profiles = parse_profiles(read_profiles())
        self._key = directory.read_secret()
        self._manifest: Manifest | None = None
        self._register_text = ""
        self._world: World | None = None
        self._screener: Screener | None = None
        self._good_at = 0
        self._copy: CopyState | None = None
        self._load()

    @property
    def screener(self) -> Screener:
        """What checks are screened with at this moment. Raises NotReadyError before there is a snapshot."""
        if self._screener is None:
            raise NotReadyError("NO_SNAPSHOT", "The service has no data yet; try again shortly.")
        return self._screener

    @property
    def generation(self) -> int:
        """Generation of the snapshot in use; 0 for none."""
        return self._manifest.generation if self._manifest else 0

    def identify(self, uri: str) -> Caller | None:
        """The registered caller of a certificate's URI, on this day."""
        return identify(self._world.register, uri, self._clock.ordinal()) if self._world else None

    def refresh(self) -> None:
        """Takes up what is newer. What is not good never replaces what is: the old stays, and the log says so."""
        try:
            self._load()
        except SnapshotRejectedError as error:
            _LOG.error("snapshot_rejected", problem=str(error))
            self._renew()
        except RegisterError as error:
            _LOG.error("register_rejected", problem=str(error))
            self._renew()

    def _load(self) -> None:
        manifest = read_manifest(self._directory.segments)
        text = self._directory.register.read_text(encoding="utf-8")
        if manifest is not None and (manifest != self._manifest or text != self._register_text):
            register = parse_register(text)
            snapshot = self._opened(manifest)
            world = make_world(snapshot, register, self._profiles, self._key)
            self._world, self._manifest, self._register_text = world, manifest, text
            self._copy = None
            _LOG.info("world", generation=manifest.generation, register=register.version)
        self._good_at = self._clock.seconds()
        self._renew()

    def _opened(self, manifest: Manifest) -> Snapshot:
        if self._world is not None and manifest == self._manifest:
            return self._world.snapshot  # Only the register changed: the searchers keep their caches.
        verify(self._directory.segments, manifest)
        return open_snapshot(self._directory.segments, manifest)

    def _renew(self) -> None:
        """A screener for this second: answers say how fresh they are, and days end at midnight."""
        if self._world is None:
            return
        is_old = self._clock.seconds() - self._good_at > OLD_COPY_SECONDS
        copy = CopyState(today=self._clock.ordinal(), as_of=self._good_at, is_old=is_old)
        if copy != self._copy:
            self._copy = copy
            self._screener = Screener(self._world, copy, notice_from_bytes)
