"""Settings: defaults as documented, every mistake named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.config import DEFAULT_CONFIG, Config, ConfigError, read_config


def test_the_file_that_init_writes_says_the_defaults(tmp_path: Path) -> None:
    """What the comments promise is what an empty file gives."""
    path = tmp_path / "config.toml"
    path.write_text(DEFAULT_CONFIG, encoding="utf-8")
    assert read_config(path) == Config()
    path.write_text("", encoding="utf-8")
    assert read_config(path) == Config()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workers = -1", "workers"),
        ("workers = 65", "workers"),
        ("waiting_max = 0", "waiting_max"),
        ("speed = 9", "speed"),
        ("address = 'nowhere'", "address"),
        ("address = ':50443'", "address"),
        ("address = '::1:50443'", "address"),
        ("workers = \n", "line 1"),
        ("workers = -1\nspeed = 9", "speed"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """The setting, or the place where the file is no TOML."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["127.0.0.1:0", "[::1]:50443", "localhost:50443", "0.0.0.0:1"])
def test_addresses_are_host_and_port(tmp_path: Path, address: str) -> None:
    """IPv6 in brackets."""
    path = tmp_path / "config.toml"
    path.write_text(f"address = '{address}'", encoding="utf-8")
    assert read_config(path).address == address
