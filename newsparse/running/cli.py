"""The command line: its options and their help. The only module that imports click.

Knows the names of options and how click reads them. Their values are parsed in `newsparse.running.options` and used in
`newsparse.running.command`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

import click
from click.core import ParameterSource

from newsparse import LEVELS
from newsparse.reading import inputs
from newsparse.running import command, options
from newsparse.running.messages import Messages
from newsparse.writing.write import BY_NAME, OUTPUT_FORMATS, json_schema, output_format_of

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

Act = Callable[[click.Context, Any], str]
CompletionWords = Sequence[str] | Callable[[Sequence[str]], Sequence[str]]


class OptionType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.4 on
    """A type of option whose values a function of `newsparse.running.options` parses."""

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
    return OptionType(lambda text: options.one_of(text.lower(), words, what, other), words)


def _option(names: str, help: str, **attrs: Any) -> click.Option:
    return click.Option(names.split(), help=help, **attrs)


def _action(names: str, help: str, text: Act, **attrs: Any) -> click.Option:
    """An option that only writes something to standard output. It has no environment variable."""

    def act(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            ctx.exit(command.print_out(text(ctx, value)))

    return _option(names, help, callback=act, is_eager=True, expose_value=False, allow_from_autoenv=False, **attrs)


def _completion(ctx: click.Context, shell: str) -> str:
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"this click knows no completion for {shell}")
    script = found(ctx.command, {}, "newsparse", COMPLETE)
    return script.source_template % script.source_vars()


FILE, TEXT_VALUES = OptionType(str), OptionType(str, [""])
OUTPUT = [
    _option("-o --output", "Write to this file, complete or not at all. Its suffix picks the format, if no option "
            "names one.", type=FILE, metavar="FILE"),
    _option("-t --to", f"{', '.join(OUTPUT_FORMATS)} (xlsx and parquet with their extras).  [default: jsonl]",
            type=_choice(OUTPUT_FORMATS, "format", ["--excel"]), metavar="FORMAT"),
    _option("--csv", "Short for --to csv.", is_flag=True),
    _option("--json", "Short for --to json.", is_flag=True),
    _option("--pretty/--no-pretty", "Records for reading, or indented JSON.  [default: for reading on a terminal, if "
            "no format is named]", default=None),
    _option("--labels", "The language of names in the report, in records for reading and in headers of CSV and xlsx: "
            "en or ar.  [default: as fits]", type=_choice(("en", "ar"), "language of labels"),
            metavar="LANGUAGE"),
    _option("--excel", "CSV that Excel opens correctly; no cell runs as a formula.", is_flag=True),
    _option("--fields", "Only these fields, in this order: headline,published,body.",
            type=OptionType(options.names_listed, tuple(BY_NAME), is_list=True), metavar="NAMES"),
    _option("--list-sep", "The separator of list items in CSV and TSV.  [default: |]", type=TEXT_VALUES,
            default="|", metavar="TEXT"),
    _option("-a --append", "Add to the end of -o FILE (jsonl, csv, tsv).", is_flag=True),
    _option("--allow-empty", "Replace -o FILE also where no input gave a record.", is_flag=True),
    _option("-u --unique", "Leave out records already written, in this run or in the FILE appended to (by id).",
            is_flag=True),
]  # fmt: skip
INPUT = [
    _option("--new", "Only inputs that are new or changed since the last run that wrote -o FILE: a store, or a file "
            "that is added to (FILE.state remembers them).", is_flag=True),
    _option("--settle", "Leave out files that changed less than this ago, as 60s, 5m, 1h; they may not be complete.",
            type=OptionType(options.seconds, [""]), default="0", metavar="TIME"),
    _option("-f --from", f"{', '.join(inputs.INPUT_FORMATS)} (the last three with their extras); a row of all "
            "but text is one article.  [default: by suffix, else text]",
            type=_choice(tuple(inputs.INPUT_FORMATS), "input format"), metavar="FORMAT"),
    _option("--text-field", "The field of rows that holds the text.  [default: text]", type=TEXT_VALUES, default="text",
            metavar="NAME"),
    _option("--from-text", "What that field holds: text, or html (with its extra).  [default: text]",
            type=_choice(("text", "html"), "format of texts"), default="text", metavar="FORMAT"),
    _option("--keep", "Copy these input fields into the record; id=doc_id renames one; may be given several times.",
            type=OptionType(options.kept, options.names_to_keep, is_list=True), multiple=True, metavar="NAMES"),
    _option("--split", "Where one article ends and the next begins: auto (a named file is cut on strong evidence "
            "only), none, or a regular expression that matches the line between.  [default: auto; none in rows]",
            type=OptionType(options.pattern, ["auto", "none"]), metavar="MODE"),
    _option("--include", "Which files of a folder; may be given several times.  [default: *.txt]", type=TEXT_VALUES,
            multiple=True, metavar="GLOB"),
    _option("-T --files-from", "Read more PATHs from this file (- is standard input), one a line.", type=FILE,
            metavar="FILE"),
    _option("-0 --null", "The PATHs of --files-from end with NUL (find -print0).", is_flag=True),
    _option("--encoding", "The encoding of input without a byte order mark. auto guesses if it is not UTF-8, and adds "
            "a warning.  [default: utf-8, strict]",
            type=OptionType(options.encoding, ["auto", "utf-8", "windows-1256", "iso-8859-6", "utf-16-le"]),
            metavar="NAME"),
    _option("--max-size", "The limit for the uncompressed size of one input or row (0: no limit).  [default: 1G]",
            type=OptionType(options.size, [""]), default="1G", metavar="SIZE"),
    _option("-j --jobs", "How many processes share the inputs (0: one for each core). The output is the same. A single "
            "input is not shared.  [default: 1]", type=OptionType(options.jobs, [""]), default="1", metavar="N"),
]  # fmt: skip
FEEDS = [
    _option("--learn", "Learn first what the pages of this run share, add it to FILE (made if missing), then parse "
            "with it.", type=FILE, metavar="FILE"),
    _option("--feed", "Parse with what FILE knows of this source; FILE is not changed.", type=FILE, metavar="FILE"),
    _option("--feed-by", "Many sources in one run: folder, or a field of rows (an address counts by its host); FILE is "
            "a folder of profiles then.", type=OptionType(str, ["folder"]), metavar="KEY"),
]  # fmt: skip
RECORD_GROUP = [
    _option("--tz", "The zone of times that name none (Asia/Riyadh, +03:00). Without it they have no offset.",
            type=OptionType(options.zone, ["UTC", "Asia/Riyadh", "Africa/Cairo", "Europe/Istanbul"]),
            metavar="ZONE"),
    _option("--now", "The time from which «منذ 3 ساعات» counts: ISO 8601, or the word now. Without it such a time is "
            "null, with a warning.", type=OptionType(options.moment, ["now"]), metavar="TIME"),
    _option("--normalize", "How much text is cleaned: none, light or search.  [default: light]",
            type=_choice(LEVELS, "level"), default="light", metavar="LEVEL"),
    _option("--vocab", "More agencies, words, months (TOML, in the format of newsparse/data).", type=FILE,
            multiple=True, metavar="FILE"),
]  # fmt: skip
CHECKS = [
    _option("--explain", "Instead of records, show every line with its role and the reason: a table on a terminal, TSV "
            "in a pipe, JSON with --to jsonl.", is_flag=True),
    _option("--report", "Also write an HTML page: each article beside its raw lines.", type=FILE,
            metavar="FILE"),
    _option("--stats", "Print a table after the run: inputs, records, failures, fields, warnings.", is_flag=True),
    _option("--strict", "Exit 3 if any record has warnings.", is_flag=True),
    _option("-q --quiet", "Print only failures.", is_flag=True),
    _option("-v --verbose", "Print the warnings of each record at once; with --explain on a terminal, show every line "
            "of the body.", is_flag=True),
    _option("--log-json", "Print messages as JSON, an object a line; the last one has the numbers of --stats.",
            is_flag=True),
    _option("--color", "auto, always or never.  [default: auto]", default="auto",
            type=_choice(("auto", "always", "never"), "color mode"), metavar="WHEN"),
    _option("--progress/--no-progress", "Show a progress bar on the terminal.  [default: in long runs]", default=None),
]  # fmt: skip
ACTIONS = [
    _action("--schema", "Print the JSON Schema of the record.", lambda *_: json_schema(), is_flag=True),
    _action("--completion", "Print the script for bash, zsh or fish.", _completion,
            type=_choice(("bash", "zsh", "fish"), "shell"), metavar="SHELL"),
    _action("--version", "Print the version; with -v, that of the time zones' rules too.",
            lambda ctx, _: command.version_text(not {"-v", "--verbose"}.isdisjoint(ctx.obj)), is_flag=True),
    _action("-h --help", "Print this help.", lambda ctx, _: ctx.get_help(), is_flag=True),
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

newsparse = Command(
    "newsparse",
    params=[click.Argument(["paths"], metavar="[PATH]...", nargs=-1, type=FILE), *OPTIONS],
    help=f"{SUMMARY}\n\n{PATHS}",
    epilog=f"{STATUSES}\n\n{VARIABLES}",
    add_help_option=False,
    context_settings={"max_content_width": 80, "auto_envvar_prefix": PREFIX},
)


def _as_given(context: click.Context) -> dict[str, Any]:
    """The values of the options. A format on the command line wins over one in the environment.

    Raises:
        click.UsageError: an option on the command line needs another one.
    """
    values = dict(context.params)
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
    return command.misused(f"{what} (newsparse -h shows all options)", Messages(as_json=as_json))
