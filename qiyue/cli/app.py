"""The verbs. Only the module of the verb that was typed is imported, so that `qiyue --help` answers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import typer


@dataclass(frozen=True)
class Verb:
    """One verb.

    Attributes:
        module: holds `command`, a function, or `app`, a `typer.Typer`, when it is a group.
        summary: one sentence for `qiyue --help`.
        is_group: whether it has verbs of its own.
    """

    module: str
    summary: str
    is_group: bool = False


VERBS: dict[str, Verb] = {
    "parse": Verb("qiyue.cli.parse", "Read one file and print its record as JSON; nothing is stored."),
    "import": Verb("qiyue.cli.import_", "Read files, archives and folders into the collection."),
    "jobs": Verb("qiyue.cli.jobs", "List the imports, or show what became of each file of one.", is_group=True),
    "list": Verb("qiyue.cli.list_", "List the contracts, the newest first."),
    "show": Verb("qiyue.cli.show", "Show one contract: parties, money, deadlines, penalties and findings."),
    "check": Verb("qiyue.cli.check", "Check a contract against itself: sums, dates, references, names, blanks."),
    "search": Verb("qiyue.cli.search", "Find clauses: words, exact words, filters on every fact."),
    "move": Verb("qiyue.cli.move", "Keep contracts in a folder of the collection."),
    "tag": Verb("qiyue.cli.tag", "Give contracts tags and take others away."),
    "delete": Verb("qiyue.cli.delete", "Remove contracts with their corrections and original files."),
    "correct": Verb("qiyue.cli.correct", "Put a person's value beside the parser's."),
    "corrections": Verb("qiyue.cli.corrections", "List corrections, take one back, or count them by rule."),
    "due": Verb("qiyue.cli.due", "List what is owed when."),
    "anchor": Verb("qiyue.cli.anchor", "Say on which day an event of a contract happened, or list what was said."),
    "export": Verb("qiyue.cli.export", "Write contracts, clauses or facts for other systems and spreadsheets."),
    "schema": Verb("qiyue.cli.schema", "Print the JSON Schema of the contract record."),
    "reparse": Verb("qiyue.cli.reparse", "Read stored files again and say what changed in the facts."),
    "similar": Verb("qiyue.cli.similar", "Find clauses that are the same or nearly the same, and mark what differs."),
    "diff": Verb("qiyue.cli.diff", "Compare two contracts or versions clause by clause, values first."),
    "serve": Verb("qiyue.cli.serve", "Serve the workbench and the HTTP API."),
    "account": Verb("qiyue.cli.account", "Say who may sign in to the server, and do what.", is_group=True),
    "token": Verb("qiyue.cli.token", "Make and withdraw tokens for programs that use the HTTP API.", is_group=True),
    "reindex": Verb("qiyue.cli.reindex", "Make the search index anew from the store."),
    "backup": Verb(
        "qiyue.cli.backup", "Write the whole collection into one file: store, original files, corrections, settings."
    ),
    "restore": Verb("qiyue.cli.restore", "Put a backup into an empty collection and make the index anew."),
    "doctor": Verb("qiyue.cli.doctor", "Check that everything is installed, answers and agrees."),
}


def build_app(arguments: list[str]) -> typer.Typer:
    """The program with the typed verb loaded and the others known by name.

    Args:
        arguments: as typed, without the program's name.
    """
    app = typer.Typer(
        name="qiyue",
        help="Read Chinese contracts, keep their clauses and facts, and find them again.",
        epilog="Example: qiyue import 合同/ && qiyue search 违约金",
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 100},
    )
    app.callback(invoke_without_command=True)(_root)
    typed = next((word for word in arguments if not word.startswith("-")), None)
    for name, verb in VERBS.items():
        if name == typed:
            add_verb(app, name, verb)
        else:
            app.command(name, help=verb.summary)(_unloaded)
    return app


def add_verb(app: typer.Typer, name: str, verb: Verb) -> None:
    """Load a verb's module and add it."""
    module = import_module(verb.module)
    if verb.is_group:
        app.add_typer(module.app, name=name)
    else:
        command: Callable[..., object] = module.command
        app.command(name)(command)


def _root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")) -> int:
    if version:
        from importlib import metadata

        typer.echo(f"qiyue {metadata.version('qiyue')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0


def _unloaded() -> None:
    """A verb that was not typed."""
