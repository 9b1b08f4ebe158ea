"""Record what commands print: help, questions, schema, checks, lists, every format, and line mode."""

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
# Numbers that begin the names of the samples' files.
SAMPLES = ("01", "02", "03", "04")
SPELT_OUT = "04"  # the sample that has something of everything; only its long outputs are recorded whole
# Commands of line mode: go to a question, help, more fields.
LINE_COMMANDS = {"fr": ("/aller", "/aide", "/plus"), "en": ("/go", "/help", "/more")}
# A blank line keeps an answer: so many pass all prompts of the longest sample.
BLANKS = 330
QUESTIONS = 40  # more than there are: for each number too many, one line says so


_importing = threading.Lock()  # held while the samples are imported


def take_samples(program: Program) -> dict[str, str]:
    """Put the four samples into the program's store; return their ids by number.

    They are imported once, by the program, and copied from there.
    """
    importer = Program(program.checkout, PLACE / "samples")
    ids_file = importer.home / "ids.json"
    with _importing:
        if not ids_file.exists():
            importer.prepare()
            ids = {number: _import(importer, number) for number in SAMPLES}
            ids_file.write_text(json.dumps(ids), encoding="ascii")
    shutil.copytree(importer.home / "data", program.home / "data", dirs_exist_ok=True)
    return dict(json.loads(ids_file.read_text(encoding="ascii")))


def _import(program: Program, number: str) -> str:
    """Import a sample and return its id."""
    (path,) = (program.checkout / "sample_projects").glob(f"{number}-*.json")
    result = program.run("import", str(path.relative_to(program.checkout)), seed=f"import {number}")
    return result.stdout.decode().strip()


def record_help(program: Program) -> dict[str, str]:
    """Return the help of the program and of each subcommand, one file for each language."""
    texts = {}
    for lang in LANGUAGES:
        program_help = program.transcript("--help", lang=lang)
        command_list = program_help.partition({"fr": "commandes :", "en": "commands:"}[lang])[2]
        names = [line.split()[0] for line in command_list.splitlines() if line.startswith("  ") and line.strip()]
        command_helps = [program.transcript(name, "--help", lang=lang) for name in names]
        texts[f"commands/help.{lang}.txt"] = "\n".join([program_help, *command_helps])
    return texts


def record_facts(program: Program) -> dict[str, str]:
    """Return the output of `questions`, `schema`, `check` … for programs and for people, and the stored samples."""
    ids = take_samples(program)
    texts = {f"stored/imported/{name}": text for name, text in stored_files(program.home).items()}
    texts["commands/schema.json"] = program.transcript("schema")
    for lang in LANGUAGES:
        listings = [("questions", "--json"), ("questions",), ("list", "--json"), ("list",), ("directory", "--json")]
        for words in [*listings, ("doctor", "--keys")]:
            texts[f"commands/{'-'.join(words).replace('---', '-')}.{lang}.txt"] = program.transcript(*words, lang=lang)
        # Replaced, since it differs between machines; nothing else in the whole record is.
        doctor = re.sub(r"Python 3\.[0-9.]*[0-9]", "Python 3.x", program.transcript("doctor", lang=lang))
        texts[f"commands/doctor.{lang}.txt"] = doctor
        for command in ("check", "versions", "minutes"):
            for number, project in ids.items():
                words = (command, project, "--json") if command != "minutes" else (command, project)
                texts[f"commands/{command}-{number}.{lang}.txt"] = program.transcript(*words, lang=lang)
        texts[f"commands/check.{lang}.txt"] = "\n".join(
            program.transcript("check", project, lang=lang) for project in ids.values()
        )
    return texts


def record_formats(program: Program) -> dict[str, str]:
    """Return each sample in each format and language; for a format that is no text, a digest and the text in it."""
    texts = {}
    for number, project in take_samples(program).items():
        for lang in LANGUAGES:
            for form, ending in FORMATS.items():
                name = f"formats/{number}.{lang}.{ending}"
                words = ("export", project, "-", "--format", form, "--lang", "fr", "--doc-lang", lang)
                data = program.run(*words, seed=name).stdout
                if form == "docx":
                    texts[f"{name}.xml"] = word_text(data, spelt_out=number == SPELT_OUT)
                elif form == "pdf":
                    texts[f"{name}.txt"] = pdf_text(data) if number == SPELT_OUT else digest(data)
                elif form == "eml":
                    texts[name] = mail_text(data)
                else:
                    texts[name] = data.decode()
        both = program.run("export", project, "-", "--doc-lang", "fr+en", "--lang", "fr")
        texts[f"formats/{number}.fr+en.txt"] = both.stdout.decode()
    return texts


def record_line_mode(program: Program) -> dict[str, str]:
    """Return what line mode prints for each question of each sample: help and more fields, then every prompt.

    For each question is typed (a pipe does not show it): « go to », « help » (for one sample only),
    « more » and three blank lines; then, from the first question to the end, blank lines only.
    """
    texts = {}
    for number, project in take_samples(program).items():
        for lang in LANGUAGES:
            go, help_, more = LINE_COMMANDS[lang]
            commands = f"{help_}\n{more}" if number == SPELT_OUT else more
            each = "".join(f"{go} {question}\n{commands}\n\n\n\n" for question in range(1, QUESTIONS))
            typed = f"{each}{go} 1\n" + "\n" * BLANKS
            texts[f"line_mode/{number}.{lang}.txt"] = program.transcript("plain", project, lang=lang, typed=typed)
    return texts
