"""The program `qiyue`: finds the verb, turns every error into one line and an exit code."""

import json
import os
import sys

from qiyue.cli.app import build_app
from schema.errors import ExitCode, QiyueError, UsageError


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; those of the process when None.

    Returns:
        The exit code: 0 done, 1 findings, 2 the request was wrong, 3 something failed.
    """
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(given)
        sys.stdout.flush()
    except QiyueError as error:
        return _report(error, as_json="--json" in given)
    except BrokenPipeError:  # `qiyue list | head`: nobody reads on, and that is fine
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        return _report(QiyueError("interrupted", "stopped"), as_json="--json" in given)
    except Exception as error:
        if os.environ.get("QIYUE_DEBUG"):
            raise
        remedy = "report it with the output of `qiyue doctor`; QIYUE_DEBUG=1 shows where"
        return _report(QiyueError("internal", f"{type(error).__name__}: {error}", remedy=remedy), "--json" in given)
    return code


def _run(arguments: list[str]) -> int:
    import typer

    try:
        answer = build_app(arguments)(args=arguments, prog_name="qiyue", standalone_mode=False)
    except SystemExit:  # typer's answer to a broken pipe, the only case in which it exits by itself here
        return ExitCode.OK
    except typer.Abort:
        raise QiyueError("interrupted", "stopped") from None
    except typer.TyperException as error:
        verb = next((f" {word}" for word in arguments if not word.startswith("-")), "")
        message = " ".join(error.format_message().split())
        raise UsageError("usage", message.rstrip("."), remedy=f"see qiyue{verb} --help") from None
    return answer if isinstance(answer, int) else ExitCode.OK


def _report(error: QiyueError, as_json: bool) -> int:
    print(" ".join(str(error).split()), file=sys.stderr)
    if as_json:
        about = {"code": error.code, "message": error.message, "remedy": error.remedy}
        print(json.dumps({"error": about}, ensure_ascii=False))
    return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
