"""`python -m screening`: the same as the command `screening`."""

from screening.cli import main

main()
