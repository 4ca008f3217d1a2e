"""Keeps one worker's world up to date: the newest snapshot and the newest good access register, swapped whole."""

from __future__ import annotations

from importlib.resources import files

import structlog

from indexes.snapshot import Snapshot, open_snapshot
from indexes.storage import Manifest, SnapshotRejectedError, read_manifest, verify
from screening.access import AccessRegister, identify
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
RETRY_SECONDS = 30  # Before a refused snapshot is read again: somebody may have mended its files in place.
_LOG = structlog.get_logger("screening.world")


def read_profiles() -> str:
    """The text of the profiles that this version ships."""
    return files("screening").joinpath("profiles.toml").read_text(encoding="utf-8")


class WorldKeeper:
    """Opens a data directory and follows it. `screener` is replaced as one reference; whoever took it keeps it."""

    def __init__(self, directory: DataDirectory, clock: Clock) -> None:
        """Raises SnapshotRejectedError, RegisterError or OSError where there is nothing good to start from."""
        self._directory = directory
        self._clock = clock
        self._profiles = parse_profiles(read_profiles())
        self._key = directory.read_secret()
        self._register_text = directory.register.read_text(encoding="utf-8")
        self._register = parse_register(self._register_text)
        self._manifest: Manifest | None = None
        self._world: World | None = None
        self._screener: Screener | None = None
        self._good_at = 0
        self._copy: CopyState | None = None
        self._said: dict[str, str] = {}
        self._refused: Manifest | None = None
        self._retry_at = 0
        self._follow_snapshot()
        self._renew()

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
        return identify(self._register, uri, self._clock.ordinal())

    def refresh(self) -> None:
        """Takes up what is newer. What is not good never replaces what is: the old stays, and the log says so once.

        Register and snapshot are followed apart: a slip in the one must not hold up a restriction in the other.
        """
        try:
            self._follow_register()
        except (RegisterError, SnapshotRejectedError, OSError, UnicodeDecodeError) as error:
            self._refuse("register_rejected", error)
        self._renew()  # A restriction does not wait for a large snapshot to be verified.
        try:
            self._follow_snapshot()
        except (SnapshotRejectedError, OSError) as error:
            self._refuse("snapshot_rejected", error)
        finally:
            self._renew()

    def _follow_register(self) -> None:
        text = self._directory.register.read_text(encoding="utf-8")
        if text != self._register_text:
            register = parse_register(text)
            if self._world is not None:
                self._take(self._world.snapshot, register)
            self._register, self._register_text = register, text
        self._said.pop("register_rejected", None)

    def _follow_snapshot(self) -> None:
        looked_at = self._clock.seconds()
        manifest = read_manifest(self._directory.segments)
        if manifest is None and self._manifest is not None:
            raise SnapshotRejectedError("the manifest is missing")
        if manifest is not None and manifest != self._manifest:
            self._open(manifest)
        self._said.pop("snapshot_rejected", None)
        self._good_at = looked_at

    def _open(self, manifest: Manifest) -> None:
        """Reads every byte, so that a refused one is tried again only seldom: its files may be mended in place."""
        if manifest == self._refused and self._clock.seconds() < self._retry_at:
            raise SnapshotRejectedError(self._said.get("snapshot_rejected", ""))
        self._refused, self._retry_at = manifest, self._clock.seconds() + RETRY_SECONDS
        verify(self._directory.segments, manifest)
        self._take(open_snapshot(self._directory.segments, manifest), self._register)
        self._manifest, self._refused = manifest, None

    def _take(self, snapshot: Snapshot, register: AccessRegister) -> None:
        try:
            self._world = make_world(snapshot, register, self._profiles, self._key)
        except ValueError as error:  # An access class that this version does not understand: doubt is deny.
            raise SnapshotRejectedError(str(error)) from error
        self._copy = None
        _LOG.info("world", generation=snapshot.generation, register=register.version)

    def _refuse(self, event: str, error: Exception) -> None:
        if self._said.get(event) != str(error):
            self._said[event] = str(error)
            _LOG.error(event, problem=str(error))

    def _renew(self) -> None:
        """A screener for this second: answers say how fresh they are, and days end at midnight."""
        if self._world is None:
            return
        is_old = self._clock.seconds() - self._good_at > OLD_COPY_SECONDS
        copy = CopyState(today=self._clock.ordinal(), as_of=self._good_at, is_old=is_old)
        if copy != self._copy:
            self._copy = copy
            self._screener = Screener(self._world, copy, notice_from_bytes)
