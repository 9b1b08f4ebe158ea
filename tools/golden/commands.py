"""What the commands print: help, questions, schema, checks, lists, every format, and the line mode's conversation."""

from __future__ import annotations

import json
import re
import shutil
import threading

from tools.golden.files import digest, mail_text, pdf_text, word_text
from tools.golden.program import PLACE, Program
from tools.golden.stored import stored_files

FORMATS = {"text": "txt", "md": "md", "html": "html", "json": "json", "docx": "docx", "pdf": "pdf", "eml": "eml"}
LANGUAGES = ("fr", "en")
# By the name of the sample's file, without what follows its number.
SAMPLES = ("01", "02", "03", "04")
SPELT_OUT = "04"  # the sample that has something of everything; what is long is kept whole for it alone
# The words that line mode knows for « go to », « help » and « more fields ».
SPOKEN = {"fr": ("/aller", "/aide", "/plus"), "en": ("/go", "/help", "/more")}
# Blank lines keep what is there: so many lead through all the prompts of the longest sample.
BLANKS = 330
QUESTIONS = 40  # more than the walk has; a number too many is answered by one line


_importing = threading.Lock()


def take_samples(program: Program) -> dict[str, str]:
    """Put the four samples into the program's store; return their ids by number.

    They are imported once, by the program, and copied from there.
    """
    first = Program(program.checkout, PLACE / "samples")
    kept = first.home / "ids.json"
    with _importing:
        if not kept.exists():
            first.prepare()
            kept.write_text(json.dumps({number: _import(first, number) for number in SAMPLES}), encoding="ascii")
    shutil.copytree(first.home / "data", program.home / "data", dirs_exist_ok=True)
    return dict(json.loads(kept.read_text(encoding="ascii")))


def _import(program: Program, number: str) -> str:
    (path,) = (program.checkout / "sample_projects").glob(f"{number}-*.json")
    done = program.run("import", str(path.relative_to(program.checkout)), seed=f"import {number}")
    return done.stdout.decode().strip()


def record_help(program: Program) -> dict[str, str]:
    """Return the help of the program and of each subcommand it names, a file a language."""
    found = {}
    for lang in LANGUAGES:
        whole = program.said("--help", lang=lang)
        listed = whole.partition({"fr": "commandes :", "en": "commands:"}[lang])[2]
        names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line.strip()]
        found[f"commands/help.{lang}.txt"] = "\n".join(
            [whole, *(program.said(name, "--help", lang=lang) for name in names)]
        )
    return found


def record_facts(program: Program) -> dict[str, str]:
    """Return what programs read (`questions`, `schema`, `check` …), what people read of it, and the stored samples."""
    ids = take_samples(program)
    found = {f"stored/imported/{name}": text for name, text in stored_files(program.home).items()}
    found["commands/schema.json"] = program.said("schema")
    for lang in LANGUAGES:
        asked = [("questions", "--json"), ("questions",), ("list", "--json"), ("list",), ("directory", "--json")]
        for words in [*asked, ("doctor", "--keys")]:
            found[f"commands/{'-'.join(words).replace('---', '-')}.{lang}.txt"] = program.said(*words, lang=lang)
        # The one thing replaced in the whole record: which Python it is, to the last digit, differs between machines.
        told = re.sub(r"Python 3\.[0-9.]*[0-9]", "Python 3.x", program.said("doctor", lang=lang))
        found[f"commands/doctor.{lang}.txt"] = told
        for command in ("check", "versions", "minutes"):
            for number, project in ids.items():
                words = (command, project, "--json") if command != "minutes" else (command, project)
                found[f"commands/{command}-{number}.{lang}.txt"] = program.said(*words, lang=lang)
        found[f"commands/check.{lang}.txt"] = "\n".join(program.said("check", one, lang=lang) for one in ids.values())
    return found


def record_formats(program: Program) -> dict[str, str]:
    """Return each sample in each format and language; of what is no text, a digest and what can be read of it."""
    found = {}
    for number, project in take_samples(program).items():
        for lang in LANGUAGES:
            for form, ending in FORMATS.items():
                name = f"formats/{number}.{lang}.{ending}"
                words = ("export", project, "-", "--format", form, "--lang", "fr", "--doc-lang", lang)
                data = program.run(*words, seed=name).stdout
                if form == "docx":
                    found[f"{name}.xml"] = word_text(data, spelt_out=number == SPELT_OUT)
                elif form == "pdf":
                    found[f"{name}.txt"] = pdf_text(data) if number == SPELT_OUT else digest(data)
                elif form == "eml":
                    found[name] = mail_text(data)
                else:
                    found[name] = data.decode()
        both = program.run("export", project, "-", "--doc-lang", "fr+en", "--lang", "fr")
        found[f"formats/{number}.fr+en.txt"] = both.stdout.decode()
    return found


def record_line_mode(program: Program) -> dict[str, str]:
    """Return what line mode says of each question of each sample: its help and rare fields, then every prompt.

    What is typed is not shown by a pipe: for each question « go to », « help » (which is the same for every sample, so
    in one of them alone), « more » and three blank lines; then from the first question on blank lines only, to the end.
    """
    found = {}
    for number, project in take_samples(program).items():
        for lang in LANGUAGES:
            go, help_, more = SPOKEN[lang]
            asked = f"{help_}\n{more}" if number == SPELT_OUT else more
            each = "".join(f"{go} {one}\n{asked}\n\n\n\n" for one in range(1, QUESTIONS))
            typed = f"{each}{go} 1\n" + "\n" * BLANKS
            found[f"line_mode/{number}.{lang}.txt"] = program.said("plain", project, lang=lang, typed=typed)
    return found
