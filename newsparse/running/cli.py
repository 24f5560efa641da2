"""The command line: its options, their help, and the parsers of their values. The only module that imports click.

Knows the names of options, and how to write a zone, a time, a size, an encoding, a list of names. A parser takes a text
and returns the value, or raises ValueError with a message: what was expected, and similar values. The values are used
in `newsparse.running.command`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone, tzinfo
from itertools import chain
from typing import Any

import click
from click.core import ParameterSource

from newsparse import LEVELS
from newsparse.reading import inputs
from newsparse.reading.inputs import input_format_of, near
from newsparse.reading.read import MAX_INPUT_BYTES
from newsparse.record import NewsparseError
from newsparse.running import command
from newsparse.showing.messages import Messages
from newsparse.times import readers
from newsparse.writing.write import BY_NAME, OUTPUT_FORMATS, json_schema, output_format_of

_SIZES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def one_of(word: str, known: Iterable[str], what: str, other: Iterable[str] = ()) -> str:
    """The word, if it is known. `other` maps other words to the option that does what they may mean."""
    known = list(known)
    if word in known:
        return word
    hint = near(word, [(name.lstrip("-"), name) for name in (*known, *other)]) or ";"
    raise ValueError(f"no {what} {word!r}{hint} There are: {', '.join(known)}".replace("; There", "; there"))


def zone(text: str) -> tzinfo:
    """A time zone: an IANA name, ``UTC`` or ``Z``, an offset (``+03:00``, ``GMT+3``), or a country that has one zone
    (``KSA``, ``Jordan``)."""
    name = "UTC" if text.upper() in ("Z", "GMT") else re.sub("^(?:UTC|GMT)(?=[+-])", "", text.strip(), flags=re.I)
    found = readers.zone_named(name)
    of_country = [] if found else readers.of_country(text.strip())
    if len(of_country) == 1:
        found = readers.zone_named(of_country[0])
    if found:
        return found
    from zoneinfo import available_timezones  # looks into every file there is

    known = sorted(name for name in available_timezones() if not name.startswith("Etc/"))  # Etc/GMT+3 is west
    keys = [(name, name) for name in known] + [(name.rpartition("/")[2], name) for name in known if "/" in name]
    hint = f"; did you mean {' or '.join(of_country[:4])}?" if of_country else ""
    hint = hint or near(text.replace(" ", "_"), keys) or near(text.rpartition("/")[2], keys)
    raise ValueError(f"no time zone {text!r}; a name such as Asia/Riyadh or an offset such as +03:00 is expected{hint}")


def moment(text: str) -> datetime:
    """A point in time: ISO 8601, or ``now``."""
    if text == "now":
        return datetime.now(timezone.utc).astimezone()
    from dateutil.parser import isoparse

    try:
        found = isoparse(text.strip().replace(" ", "T"))
    except (ValueError, OverflowError):
        raise ValueError(f"no time {text!r}; ISO 8601 is expected (2024-09-17T13:22+03:00), or the word now") from None
    if not 1 < found.year < 9999:  # with days before and after it, in every zone
        raise ValueError(f"{text!r} is at the end of the calendar; a year from 2 to 9998 is expected")
    return found


def size(text: str) -> int:
    """A number of bytes: ``500M``, ``2G``, ``1000000``; 0 is no limit.

    >>> size("2GiB") == 2 << 30, size("10k")
    (True, 10240)
    """
    expected = "bytes are expected, as in 500M or 2G (0 is no limit)"
    return int(_quantity(r"(\d{1,15})\s?([kmgt]?)(?:i?b)?", text, _SIZES, f"no size {text!r}; {expected}"))


def seconds(text: str) -> float:
    """A length of time in seconds: ``60s``, ``5m``, ``1h``, ``2d``; a number alone is seconds.

    >>> seconds("5m")
    300.0
    """
    expected = "60s, 5m or 1h is expected"
    return _quantity(r"(\d{1,9}(?:\.\d{1,9})?)\s?([smhd]?)", text, _SECONDS, f"no length of time {text!r}; {expected}")


def _quantity(pattern: str, text: str, units: Mapping[str, int], what: str) -> float:
    """The number in the text times its unit. `what` is the error of a text in another form."""
    found = re.fullmatch(pattern, text.strip().lower(), re.ASCII)
    if not found:
        raise ValueError(what)
    return float(found[1]) * units[found[2]]


def jobs(text: str) -> int:
    """A number of processes; 0 is one for each core that this process may use."""
    if not re.fullmatch(r"\d{1,3}", text.strip(), re.ASCII):
        raise ValueError(f"no number of processes {text!r}; 1, 2, ... is expected, or 0 for one for each core")
    return int(text) or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def encoding(text: str) -> str | None:
    """The name of a text encoding that Python knows, or ``auto``; None for UTF-8."""
    import codecs

    if text == "auto":
        from importlib.util import find_spec

        if find_spec("charset_normalizer") is None:
            raise ValueError("auto needs charset_normalizer: pip install 'newsparse[auto]'")
        return text
    try:
        found = codecs.lookup(text)
    except (LookupError, ValueError):
        from encodings.aliases import aliases

        known = [name.replace("_", "-") for name in ("windows_1256", *sorted(aliases.values()), *aliases)]
        hint = near(text.replace("_", "-"), ((name, name) for name in known))
        hint = hint or "; windows-1256 and iso-8859-6 are the older Arabic ones"
        raise ValueError(f"no encoding {text!r}{hint}") from None
    if not found._is_text_encoding:
        raise ValueError(f"{text!r} is no encoding of text; windows-1256 and iso-8859-6 are the older Arabic ones")
    return None if found.name in ("utf-8", "utf-8-sig") else text


def names_listed(text: str) -> tuple[str, ...]:
    """Names that are separated by commas or spaces.

    >>> names_listed("headline, published,body")
    ('headline', 'published', 'body')
    """
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def kept(text: str) -> dict[str, str]:
    """The fields of --keep, by their new names: ``id=doc`` keeps the field ``id`` of the input as ``doc``.

    >>> kept("url,id=doc")
    {'url': 'url', 'doc': 'id'}
    """
    found: dict[str, str] = {}
    for word in names_listed(text):
        field, _, name = word.partition("=")
        if (name or field) in BY_NAME:
            hint = f"give it another name: {field}=my_{field}"
            if name and field not in BY_NAME:
                hint = f"the input's name stands first: did you mean {name}={field}?"
            raise ValueError(f"the record has a {name or field!r} of its own; {hint}")
        found[name or field] = field
    return found


def names_to_keep(paths: Iterable[str]) -> list[str]:
    """The fields of the first input with rows, for completion in the shell."""
    from newsparse.reading.read import ReadOptions, Source
    from newsparse.reading.rows import names_of

    for path in paths:
        with suppress(NewsparseError, ValueError):
            if found := names_of(Source(path, ReadOptions()), input_format_of(path)):
                return found
    return ["url"]


def pattern(text: str) -> str:
    """``auto``, ``none``, or a valid regular expression."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"no regular expression {text!r} ({error}); auto, none, or one is expected") from None
    return text


# The options ----------------------------------------------------------------------------------------------------------

SUMMARY = "Read the raw text of scraped Arabic news, write clean records: headline, time, agency, body, hashtags."
PATHS = (
    "A PATH is a file, a folder (walked in the order of names), or - for standard input. Without a PATH, standard "
    "input is read. Data goes to standard output or -o, and never over a file that is read. Messages go to standard "
    "error."
)
STATUSES = (
    "Exit status: 0 every input gave a record; 1 some input gave none, the others were written; 2 wrong command line, "
    "nothing read; 3 --strict and a record has warnings; 4 the output could not be written; death by SIGINT on "
    "Ctrl-C; 141 on a closed pipe."
)
PREFIX = "NEWSPARSE"  # of the environment variables
VARIABLES = "Each option is also an environment variable: --tz is NEWSPARSE_TZ."
FORMAT = {"to", "csv", "json", "excel", "pretty"}  # options of which one is enough
_YES = ("1", "true", "yes", "on")
COMPLETE = "_NEWSPARSE_COMPLETE"  # set by the scripts of --completion

CompletionWords = Sequence[str] | Callable[[Sequence[str]], Sequence[str]]


class OptionType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.4 on
    """A type of option whose values one of the parsers above reads."""

    name = "value"

    def __init__(self, read: Callable[[str], Any], words: CompletionWords = (), is_list: bool = False) -> None:
        """`words`: the words for completion, or a function of the paths that returns them; without any, names of
        files. `is_list`: several words, separated by commas."""
        self.read, self.words, self.is_list = read, words, is_list

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The parsed value. Errors become usage errors."""
        if value == "" and isinstance(param, click.Option):
            self.fail("it is empty; was a variable meant that is not set?", param, ctx)
        try:
            return self.read(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The words with this beginning, or a sign for the shell to complete a file."""
        from click.shell_completion import CompletionItem

        if not self.words:
            return [CompletionItem(incomplete, type="file")]
        done, comma, begun = incomplete.rpartition(",") if self.is_list else ("", "", incomplete)
        paths = [*(ctx.params.get("paths") or ()), *ctx.args]
        words = self.words(paths) if callable(self.words) else self.words
        return [CompletionItem(done + comma + word) for word in words if word.startswith(begun)]


class Command(click.Command):
    """A command whose help shows its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the groups."""
        for name, group in OPTION_GROUPS.items():
            with formatter.section(name):
                formatter.write_dl([record for each in group if (record := each.get_help_record(ctx))], col_max=24)


def _choice(words: Sequence[str], what: str, other: Sequence[str] = ()) -> OptionType:
    return OptionType(lambda text: one_of(text.lower(), words, what, other), words)


def _option(usage: str, help: str, type: OptionType | None = None, **attrs: Any) -> click.Option:
    """An option. `usage`: its names, and a word for its value; without one it is a flag."""
    words = usage.split()
    metavar = words.pop() if type else None
    return click.Option(words, help=help, type=type, metavar=metavar, is_flag=None if type else True, **attrs)


def _action(
    usage: str, help: str, text: Callable[[click.Context, Any], str], type: OptionType | None = None
) -> click.Option:
    """An option that only writes something to standard output. It has no environment variable."""

    def act(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            ctx.exit(command.print_out(text(ctx, value)))

    return _option(usage, help, type, callback=act, is_eager=True, expose_value=False, allow_from_autoenv=False)


def _completion(ctx: click.Context, shell: str) -> str:
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    made = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}[shell]
    script = made(ctx.command, {}, "newsparse", COMPLETE)
    return script.source_template % script.source_vars()


FILE, TEXT_VALUES = OptionType(str), OptionType(str, [""])
OUTPUT = [
    _option("-o --output FILE", "Write to this file, complete or not at all. Its suffix picks the format, if no option "
            "names one.", FILE),
    _option("-t --to FORMAT", f"{', '.join(OUTPUT_FORMATS)} (xlsx and parquet with their extras).  [default: jsonl]",
            _choice(OUTPUT_FORMATS, "format", ["--excel"])),
    _option("--csv", "Short for --to csv."),
    _option("--json", "Short for --to json."),
    _option("--pretty/--no-pretty", "Records for reading, or indented JSON.  [default: for reading on a terminal, if "
            "no format is named]", default=None),
    _option("--labels LANGUAGE", "The language of names in the report, in records for reading and in headers of CSV "
            "and xlsx: en or ar.  [default: as fits]", _choice(("en", "ar"), "language of labels")),
    _option("--excel", "CSV that Excel opens correctly; no cell runs as a formula."),
    _option("--fields NAMES", "Only these fields, in this order: headline,published,body.",
            OptionType(names_listed, tuple(BY_NAME), is_list=True)),
    _option("--list-sep TEXT", "The separator of list items in CSV and TSV.  [default: |]", TEXT_VALUES),
    _option("-a --append", "Add to the end of -o FILE (jsonl, csv, tsv)."),
    _option("--allow-empty", "Replace -o FILE also where no input gave a record."),
    _option("-u --unique", "Leave out records already written, in this run or in the FILE appended to (by id)."),
]  # fmt: skip
INPUT = [
    _option("--new", "Only inputs that are new or changed since the last run that wrote -o FILE: a store, or a file "
            "that is added to (FILE.state remembers them)."),
    _option("--settle TIME", "Leave out files that changed less than this ago, as 60s, 5m, 1h; they may not be "
            "complete.", OptionType(seconds, [""])),
    _option("-f --from FORMAT", f"{', '.join(inputs.INPUT_FORMATS)} (the last three with their extras); a row of all "
            "but text is one article.  [default: by suffix, else text]",
            _choice(tuple(inputs.INPUT_FORMATS), "input format")),
    _option("--text-field NAME", "The field of rows that holds the text.  [default: text]", TEXT_VALUES),
    _option("--from-text FORMAT", "What that field holds: text, or html (with its extra).  [default: text]",
            _choice(("text", "html"), "format of texts")),
    _option("--keep NAMES", "Copy these input fields into the record; id=doc_id renames one; may be given several "
            "times.", OptionType(kept, names_to_keep, is_list=True), multiple=True),
    _option("--split MODE", "Where one article ends and the next begins: auto (a named file is cut on strong evidence "
            "only), none, or a regular expression that matches the line between.  [default: auto; none in rows]",
            OptionType(pattern, ["auto", "none"])),
    _option("--include GLOB", "Which files of a folder; may be given several times.  [default: *.txt]",
            TEXT_VALUES, multiple=True),
    _option("-T --files-from FILE", "Read more PATHs from this file (- is standard input), one a line.", FILE),
    _option("-0 --null", "The PATHs of --files-from end with NUL (find -print0)."),
    _option("--encoding NAME", "The encoding of input without a byte order mark. auto guesses if it is not UTF-8, and "
            "adds a warning.  [default: utf-8, strict]",
            OptionType(encoding, ["auto", "utf-8", "windows-1256", "iso-8859-6", "utf-16-le"])),
    _option("--max-size SIZE", "The limit for the uncompressed size of one input or row (0: no limit).  [default: 1G]",
            OptionType(size, [""])),
    _option("-j --jobs N", "How many processes share the inputs (0: one for each core). The output is the same. A "
            "single input is not shared.  [default: 1]", OptionType(jobs, [""])),
]  # fmt: skip
FEEDS = [
    _option("--learn FILE", "Learn first what the pages of this run share, add it to FILE (made if missing), then "
            "parse with it.", FILE),
    _option("--feed FILE", "Parse with what FILE knows of this source; FILE is not changed.", FILE),
    _option("--feed-by KEY", "Many sources in one run: folder, or a field of rows (an address counts by its host); "
            "FILE is a folder of profiles then.", OptionType(str, ["folder"])),
]  # fmt: skip
RECORD_GROUP = [
    _option("--tz ZONE", "The zone of times that name none (Asia/Riyadh, +03:00). Without it they have no offset.",
            OptionType(zone, ["UTC", "Asia/Riyadh", "Africa/Cairo", "Europe/Istanbul"])),
    _option("--now TIME", "The time from which «منذ 3 ساعات» counts: ISO 8601, or the word now. Without it such a time "
            "is null, with a warning.", OptionType(moment, ["now"])),
    _option("--normalize LEVEL", "How much text is cleaned: none, light or search.  [default: light]",
            _choice(LEVELS, "level")),
    _option("--vocab FILE", "More agencies, words, months (TOML, in the format of newsparse/data).",
            FILE, multiple=True),
]  # fmt: skip
CHECKS = [
    _option("--explain", "Instead of records, show every line with its role and the reason: a table on a terminal, TSV "
            "in a pipe, JSON with --to jsonl."),
    _option("--report FILE", "Also write an HTML page: each article beside its raw lines.", FILE),
    _option("--stats", "Print a table after the run: inputs, records, failures, fields, warnings."),
    _option("--strict", "Exit 3 if any record has warnings."),
    _option("-q --quiet", "Print only failures."),
    _option("-v --verbose", "Print the warnings of each record at once; with --explain on a terminal, show every line "
            "of the body."),
    _option("--log-json", "Print messages as JSON, an object a line; the last one has the numbers of --stats."),
    _option("--color WHEN", "auto, always or never.  [default: auto]",
            _choice(("auto", "always", "never"), "color mode")),
    _option("--progress/--no-progress", "Show a progress bar on the terminal.  [default: in long runs]", default=None),
]  # fmt: skip
ACTIONS = [
    _action("--schema", "Print the JSON Schema of the record.", lambda *_: json_schema()),
    _action("--completion SHELL", "Print the script for bash, zsh or fish.",
            _completion, _choice(("bash", "zsh", "fish"), "shell")),
    _action("--version", "Print the version; with -v, that of the time zones' rules too.",
            lambda ctx, _: command.version_text(not {"-v", "--verbose"}.isdisjoint(ctx.obj))),
    _action("-h --help", "Print this help.", lambda ctx, _: ctx.get_help()),
]  # fmt: skip
OPTION_GROUPS = {  # in the help
    "Output": OUTPUT,
    "Input": INPUT,
    "Feeds": FEEDS,
    "Record": RECORD_GROUP,
    "Checks and messages": CHECKS,
    "Other": ACTIONS,
}
OPTIONS = list(chain.from_iterable(OPTION_GROUPS.values()))
DEFAULTS: dict[str, Any] = {  # as values, which click would parse anew in each run
    **{"list_sep": "|", "text_field": "text", "from_text": "text", "normalize": "light", "color": "auto"},
    **{"settle": 0.0, "max_size": MAX_INPUT_BYTES, "jobs": 1},
}

newsparse = Command(
    "newsparse",
    params=[click.Argument(["paths"], metavar="[PATH]...", nargs=-1, type=FILE), *OPTIONS],
    help=f"{SUMMARY}\n\n{PATHS}",
    epilog=f"{STATUSES}\n\n{VARIABLES}",
    add_help_option=False,
    context_settings={"max_content_width": 80, "auto_envvar_prefix": PREFIX},
)


def _as_given(context: click.Context) -> dict[str, Any]:
    """The values of the options. A format on the command line wins over one in the environment."""
    values = {**context.params, **{name: v for name, v in DEFAULTS.items() if context.params[name] is None}}
    values["keep"] = {name: field for names in values["keep"] for name, field in names.items()}
    given = {name for name in values if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if "null" in given and not values["files_from"]:  # or the names themselves would be read as an article
        raise click.UsageError("-0 is about a list of names; name the list with -T, and standard input with -T -")
    if given & FORMAT or ("output" in given and output_format_of(values["output"])):
        values.update(dict.fromkeys(FORMAT - given))
    if values["output"] == inputs.STDIN_NAME:  # that of -o is standard output
        values["output"] = None
    return values


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run the command with these arguments, and return the exit status."""
    if instruction := environment.get(COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(newsparse, {}, "newsparse", COMPLETE, instruction)
    try:
        with newsparse.make_context("newsparse", list(arguments), obj=arguments) as context:
            values = _as_given(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.NoSuchOption as error:
        hint = inputs.near(error.option_name, ((name, name) for name in error.possibilities or ()))
        what = f"no option {error.option_name}{hint}"
    except click.UsageError as error:
        what = error.format_message().rstrip(".")
    else:
        return command.run(values)
    as_json = "--log-json" in arguments or environment.get(f"{PREFIX}_LOG_JSON", "") in _YES
    Messages(as_json=as_json).error(f"{what} (newsparse -h shows all options)")
    return command.MISUSED
