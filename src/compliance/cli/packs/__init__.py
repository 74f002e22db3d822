"""`compliance packs`: the law as data, listed, shown, checked, tested, scaffolded; one command a file."""

from __future__ import annotations

import typer

from .cases import test_packs
from .coverage import coverage
from .lint import lint
from .listing import list_packs
from .mutate import mutate
from .new import new
from .schema import schema
from .show import show_pack

packs = typer.Typer(no_args_is_help=True, help="Look at, check and test the packs: the law as data.")
packs.command("list")(list_packs)
packs.command("show")(show_pack)
packs.command("test")(test_packs)
packs.command("lint")(lint)
packs.command("mutate")(mutate)
packs.command("coverage")(coverage)
packs.command("new")(new)
packs.command("schema")(schema)
