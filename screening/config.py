"""Settings of a node, read once from config.toml into a frozen value. Environment variables play no part."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

__all__ = ["DEFAULT_CONFIG", "Config", "ConfigError", "read_config"]

ADDRESS = r"^(\[[0-9A-Fa-f:.]+\]|[^:\s]+):\d{1,5}$"  # host:port; an IPv6 address stands in brackets.

DEFAULT_CONFIG = """\
# Settings of this node. What is left out has the value shown here.

# Where the service listens. Port 0 takes a free one and says which.
address = "127.0.0.1:50443"

# Worker processes; 0 means one for each processor.
workers = 0

# Most checks that wait in one worker, of all callers, and of one. Beyond the first the service is overloaded
# (UNAVAILABLE, try again), beyond the second the caller is over its quota (RESOURCE_EXHAUSTED).
waiting_max = 16000
waiting_max_per_caller = 8000
"""


class ConfigError(ValueError):
    """The settings cannot be used; one line that names each setting at fault."""


class Config(BaseModel):
    """Settings of a node; `DEFAULT_CONFIG` explains each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: Annotated[str, Field(pattern=ADDRESS)] = "127.0.0.1:50443"
    workers: Annotated[int, Field(ge=0, le=64)] = 0
    waiting_max: Annotated[int, Field(ge=1)] = 16_000
    waiting_max_per_caller: Annotated[int, Field(ge=1)] = 8_000


def read_config(path: Path) -> Config:
    """Raises ConfigError naming the settings at fault, OSError where the file cannot be read."""
    try:
        return Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise ConfigError(f"{path.name}: {problems}") from None
    except ValueError as error:
        raise ConfigError(f"{path.name}: {error}") from None
