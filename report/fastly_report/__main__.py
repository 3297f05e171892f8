"""The command line: ``pulumi preview --json ... | fastly-preview``."""

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from .composition import document_of
from .model import Model, model_of
from .ops import Op
from .reading import HOW, BadInput, decode, read
from .render import FORMATS
from .render.html import MissingLibrary
from .truncation import truncated

COMMENT = 65_536
"""What a comment holds on GitHub; on GitLab it is more."""
LEAST = 1_000
FAILURES = ("removed", "replaced", "policy", "error")
OK, FOUND, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the report of a preview, and returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        model = model_of(read(decode(_input(options.file))))
        document = document_of(model)
        render = FORMATS[options.format]
        limit = options.max_bytes or (COMMENT if options.format == "markdown" else 0)
        report = truncated(document, render, limit) if limit else render(document)
        sys.stdout.buffer.write(report.encode())
        sys.stdout.buffer.flush()
    except (BadInput, MissingLibrary, OSError) as error:
        sys.stderr.write(f"fastly-preview: {_words(error)}\n")
        return BAD_INPUT
    except Exception as error:  # noqa: BLE001 - a bug of ours; its text, or a stack trace, might quote a secret
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        sys.stderr.write(f"fastly-preview: {type(error).__name__} in {place}; this is a bug, please report it\n")
        return BAD_INPUT
    why_not = _no_policy_results(model) if "policy" in options.fail_on else ""
    if why_not:
        sys.stderr.write(f"fastly-preview: --fail-on policy cannot tell: {why_not}\n")
        return BAD_INPUT
    return FOUND if any(_is_found(reason, model) for reason in options.fail_on) else OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fastly-preview",
        description="Turns a Pulumi preview into a report for a pull request.",
        epilog=f"{HOW} | fastly-preview",
    )
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="what pulumi wrote (default: standard input)"
    )
    parser.add_argument("--format", choices=list(FORMATS), default="markdown", help="default: markdown")
    parser.add_argument(
        "--max-bytes",
        type=_limit,
        metavar="N",
        help=f"leave out the least important of a longer report (default: {COMMENT:,} for markdown, else no limit)",
    )
    parser.add_argument(
        "--fail-on",
        type=_reasons,
        default=(),
        metavar="REASON,...",
        help=f"exit with 1 if the preview has that: {', '.join(FAILURES)}",
    )
    return parser


def _limit(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < LEAST:
        raise argparse.ArgumentTypeError(f"{number} is too little for any report: {LEAST:,} at least")
    return number


def _reasons(text: str) -> tuple[str, ...]:
    reasons = tuple(reason.strip() for reason in text.split(",") if reason.strip())
    for reason in reasons:
        if reason not in FAILURES:
            raise argparse.ArgumentTypeError(f"'{reason}' is none of {', '.join(FAILURES)}")
    return reasons


def _input(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _no_policy_results(model: Model) -> str:
    """Why the preview says nothing of policies; empty where it does."""
    if not model.preview.streamed:
        return f"policy results are not in a document; use {HOW}"
    if not model.preview.packs and not model.violations:
        return "no policy pack ran; give pulumi preview --policy-pack FOLDER"
    return ""


def _is_found(reason: str, model: Model) -> bool:
    match reason:
        case "removed":
            removed = any(change.op is Op.REMOVED for change in model.changes)
            return removed or any(items.is_removing for items in model.items) or bool(model.switched_off)
        case "replaced":
            anew = (change.op is Op.REPLACED or change.is_recreated for change in model.changes)
            return any(anew) or any(items.is_replacing for items in model.items)
        case "policy":
            return any(violation.is_mandatory for violation in model.violations)
        case _:
            return model.preview.failed or any(row.severity == "error" for row in model.diagnostics)


if __name__ == "__main__":
    sys.exit(main())
