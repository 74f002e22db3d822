"""The command line: one command a file, no logic here. Data goes to stdout, narration to stderr."""

from __future__ import annotations

import io
import signal
import sys
from typing import Annotated

import typer

from ..reading import InputError
from .ask import ask
from .assess import assess
from .explain import explain
from .graph import graph
from .init import init
from .packs import packs

app = typer.Typer(
    name="compliance", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Gap analysis of AI models against the law: documentation in, verdicts with proof out.",
)  # fmt: skip
app.command("assess")(assess)
app.command("explain")(explain)
app.command("graph")(graph)
app.command("ask")(ask)
app.command("init")(init)
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
    if hasattr(signal, "SIGPIPE"):  # `compliance ... | head` ends quietly, as other tools do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a glyph shows a mark instead
    try:
        app(standalone_mode=True)
    except InputError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        import traceback

        traceback.print_exc()
        typer.echo("internal error: this is a fault of the program, not of your input; please report it", err=True)
        sys.exit(5)
