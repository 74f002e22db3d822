"""The command line: one command a file, no logic here. Data goes to stdout, narration to stderr."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from .assess import assess
from .explain import explain
from .packs import packs

app = typer.Typer(
    name="compliance", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Gap analysis of AI models against the law: documentation in, verdicts with proof out.",
)  # fmt: skip
app.command("assess")(assess)
app.command("explain")(explain)
app.add_typer(packs, name="packs")


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"compliance {version('compliance')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options of every command."""
    del version


def main() -> None:
    """Run the command line; exit codes are those of `docs/cli.md`. A closed pipe ends quietly, a bug says so."""
    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        import traceback

        traceback.print_exc()
        typer.echo("internal error: this is a fault of the program, not of your input; please report it", err=True)
        sys.exit(5)
