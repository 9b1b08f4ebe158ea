"""Move, join and rename the modules of a checkout after a table; nothing of their meaning changes.

    python tools/move_files.py tools/moves.table

The table holds `[modules]` (old path = new path), `[packages]` (old folder = new folder, for files that `[modules]`
does not name), `[names]` (« old.module:old_name » = new_name, top-level names only), `[docstrings]` (new path = the
first line of that file) and `[strings]` (file = prefix of the « module:function » strings that it holds). Files that go
to one path are joined in the order in which one needs the other. Imports are rewritten in every Python file and string.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCANNED = ("tui", "tests", "tools")


def dotted(path: str) -> str:
    """Return the module name of a file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass
class Table:
    """What goes where: modules and names, dotted."""

    files: dict[str, str] = field(default_factory=dict)  # every Python file of the checkout: old path -> new path
    modules: dict[str, str] = field(default_factory=dict)  # the same, dotted
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # old module -> old name -> new name
    docstrings: dict[str, str] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)

    def name_in(self, module: str, name: str) -> str:
        return self.names.get(module, {}).get(name, name)


def read_table(path: Path, files: list[str]) -> Table:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    table = Table(docstrings=raw.get("docstrings", {}), strings=raw.get("strings", {}))
    for old in files:
        new = raw.get("modules", {}).get(old)
        if new is None:
            new = old
            for was, becomes in raw.get("packages", {}).items():
                if old.startswith(was + "/"):
                    new = becomes + old.removeprefix(was)
                    break
        table.files[old] = new
        table.modules[dotted(old)] = dotted(new)
    for key, new in raw.get("names", {}).items():
        module, _, name = key.partition(":")
        table.names.setdefault(module, {})[name] = new
    return table


# --- one file rewritten -------------------------------------------------------------------------------------------


@dataclass
class Binding:
    """What a local name stands for, where the move touches it."""

    new: str  # the name to write now
    module: str = ""  # old module, if the name is a module
    here: bool = False  # that module is now this very file: `module.name` becomes `name`


Scope = dict[str, Binding | None]


def bound_names(node: ast.AST) -> set[str]:
    """Return the names that a function (or lambda, comprehension, class) binds itself, nested scopes left out."""
    found: set[str] = set()
    free: set[str] = set()

    def visit(child: ast.AST) -> None:
        if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
            found.add(child.name)
            return
        if isinstance(child, (ast.Lambda, *COMPREHENSIONS)):
            for inner in ast.walk(child):
                if isinstance(inner, ast.NamedExpr):
                    found.add(inner.target.id)
            return
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store | ast.Del):
            found.add(child.id)
        elif isinstance(child, ast.alias):
            found.add((child.asname or child.name).split(".")[0])
        elif isinstance(child, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and child.name:
            found.add(child.name)
        elif isinstance(child, ast.Global | ast.Nonlocal):
            free.update(child.names)
        for inner in ast.iter_child_nodes(child):
            visit(inner)

    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        found |= {argument.arg for argument in every if argument}
        for statement in node.body if isinstance(node.body, list) else [node.body]:
            visit(statement)
    elif isinstance(node, COMPREHENSIONS):
        for generator in node.generators:
            visit(generator.target)
    else:
        for statement in node.body:  # type: ignore[attr-defined]
            visit(statement)
    return found - free


class Rewriter:
    """One file: finds what to replace, as (start, end, text) on its characters."""

    def __init__(self, old: str, text: str, table: Table) -> None:
        self.old, self.text, self.table = old, text, table
        self.module = dotted(old)
        self.is_package = old.endswith("__init__.py")
        self.new_module = table.modules[self.module]
        self.tree = ast.parse(text)
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.edits: list[tuple[int, int, str]] = []
        self.top = bound_names(self.tree)

    def at(self, line: int, column: int) -> int:
        """Return the character of a place that ast gives (bytes in the line)."""
        text = self.lines[line - 1]
        return self.starts[line - 1] + len(text.encode()[:column].decode())

    def span(self, node: ast.AST) -> tuple[int, int]:
        return (self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset))  # type: ignore

    def rewritten(self) -> str:
        scope: Scope = {}
        for name, new in self.table.names.get(self.module, {}).items():
            if name not in self.top:
                raise SystemExit(f"{self.old}: no name {name} to rename")
            scope[name] = Binding(new)
        self.bind_imports(self.tree, scope, self.top)
        self.walk_body(self.tree, [scope])
        self.named_in_strings(scope)
        if self.old in self.table.strings:
            self.function_strings(self.table.strings[self.old])
        text = self.text
        for start, end, new in sorted(set(self.edits), reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def named_in_strings(self, scope: Scope) -> None:
        """Rewrite the names in `__all__` and in aliases of types written as strings."""
        for node in self.tree.body:
            value = getattr(node, "value", None)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                strings = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
            elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
                strings = [value] if isinstance(value, ast.Constant) else []
            else:
                continue
            for string in strings:
                new = str(string.value)
                for name, binding in scope.items():
                    if binding:
                        new = re.sub(rf"\b{name}\b", binding.new, new)
                if new != string.value:
                    self.edits.append((*self.span(string), f'"{new}"'))

    # --- imports

    def bind_imports(self, owner: ast.AST, scope: Scope, taken: set[str]) -> None:
        """Put into `scope` what the imports of one scope bind, as far as the move touches it, and rewrite them."""
        stack = list(ast.iter_child_nodes(owner))
        while stack:
            node = stack.pop(0)
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                self.import_from(node, scope, taken)
            elif isinstance(node, ast.Import):
                self.import_plain(node, scope)
            elif not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
                stack = [*ast.iter_child_nodes(node), *stack]

    def import_plain(self, node: ast.Import, scope: Scope) -> None:
        parts, changed = [], False
        for alias in node.names:
            new = self.table.modules.get(alias.name, alias.name)
            changed |= new != alias.name
            parts.append(new + (f" as {alias.asname}" if alias.asname else ""))
            if alias.asname and alias.name in self.table.modules:
                scope[alias.asname] = Binding(alias.asname, alias.name)
        if changed:
            self.edits.append((*self.span(node), "import " + ", ".join(parts)))

    def import_from(self, node: ast.ImportFrom, scope: Scope, taken: set[str]) -> None:
        groups: dict[str, list[str]] = defaultdict(list)
        module = node.module or ""
        changed = False
        for alias in node.names:
            local = alias.asname or alias.name
            full = f"{module}.{alias.name}"
            if full in self.table.modules:  # a module
                new = self.table.modules[full]
                parent, _, base = new.rpartition(".")
                if new == self.new_module and not self.is_package and new != full:
                    scope[local] = Binding(local, full, here=True)
                    changed = True
                    continue
                if new == self.new_module and not self.is_package and self.module != full:
                    scope[local] = Binding(local, full, here=True)
                    changed = True
                    continue
                if alias.asname is None and base != local and base in taken:
                    text, name = f"{base} as {local}", local
                elif alias.asname is None:
                    text, name = base, base
                else:
                    text, name = f"{base} as {local}", local
                groups[parent].append(text)
                scope[local] = Binding(name, full)
                changed |= new != full
            elif module in self.table.modules:
                new_module = self.table.modules[module]
                name = self.table.name_in(module, alias.name)
                if new_module == self.new_module and module != self.module and not self.is_package:
                    scope[local] = Binding(name)
                    changed = True
                    continue
                changed |= new_module != module or name != alias.name
                if alias.asname:
                    groups[new_module].append(f"{name} as {alias.asname}")
                elif name != alias.name and name in taken:
                    groups[new_module].append(f"{name} as {alias.name}")
                else:
                    groups[new_module].append(name)
                    scope[local] = Binding(name)
            else:
                groups[module].append(alias.name + (f" as {alias.asname}" if alias.asname else ""))
        if not changed:
            return
        start, end = self.span(node)
        line_start = self.starts[node.lineno - 1]
        indent = self.text[line_start:start]
        joiner = "\n" + indent if not indent.strip() else "; "
        statements = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(groups.items())]
        if statements:
            self.edits.append((start, end, joiner.join(statements)))
        elif not indent.strip() and self.alone(node):
            self.edits.append((start, end, "pass"))
        else:  # the whole line goes, with a comment behind it
            self.edits.append((line_start, self.starts[node.end_lineno], ""))  # type: ignore[index]

    def alone(self, node: ast.AST) -> bool:
        """Whether a statement is the only one of its block."""
        for parent in ast.walk(self.tree):
            for _name, value in ast.iter_fields(parent):
                if isinstance(value, list) and node in value:
                    return len(value) == 1
        return False

    # --- names

    def find(self, name: str, scopes: list[Scope]) -> Binding | None:
        for scope in reversed(scopes):
            if name in scope:
                return scope[name]
        return None

    def walk_body(self, node: ast.AST, scopes: list[Scope]) -> None:
        for child in ast.iter_child_nodes(node):
            self.walk(child, scopes)

    def walk(self, node: ast.AST, scopes: list[Scope]) -> None:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            binding = scopes[0].get(node.name) if len(scopes) == 1 else None
            if binding and binding.new != node.name:
                start = self.at(node.lineno, node.col_offset)
                match = re.compile(rf"(?:async\s+def|def|class)\s+({node.name})\b").search(self.text, start)
                assert match and match.start() == start
                self.edits.append((match.start(1), match.end(1), binding.new))
        if isinstance(node, FUNCTIONS):
            for outer in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, node.returns]:
                if outer:
                    self.walk(outer, scopes)
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg) and argument.annotation:
                    self.walk(argument.annotation, scopes)
            names = bound_names(node)
            inner: Scope = dict.fromkeys(names)
            self.bind_imports(node, inner, names)
            for statement in node.body:
                self.walk(statement, [*self.visible(scopes), inner])
        elif isinstance(node, ast.Lambda):
            for outer in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
                self.walk(outer, scopes)
            self.walk(node.body, [*self.visible(scopes), dict.fromkeys(bound_names(node))])
        elif isinstance(node, COMPREHENSIONS):
            inner = dict.fromkeys(bound_names(node))
            self.walk(node.generators[0].iter, scopes)
            for index, generator in enumerate(node.generators):
                if index:
                    self.walk(generator.iter, [*scopes, inner])
                self.walk(generator.target, [*scopes, inner])
                for condition in generator.ifs:
                    self.walk(condition, [*scopes, inner])
            for part in ("elt", "key", "value"):
                if hasattr(node, part):
                    self.walk(getattr(node, part), [*scopes, inner])
        elif isinstance(node, ast.ClassDef):
            for outer in [*node.decorator_list, *node.bases, *[word.value for word in node.keywords]]:
                self.walk(outer, scopes)
            inner = ClassScope(dict.fromkeys(bound_names(node)))
            for statement in node.body:
                self.walk(statement, [*self.visible(scopes), inner])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            self.attribute(node, scopes)
        elif isinstance(node, ast.Name):
            binding = self.find(node.id, scopes)
            if binding and binding.here:
                raise SystemExit(f"{self.old}:{node.lineno}: the module {node.id} is used as a value")
            if binding and binding.new != node.id:
                self.report_capture(node, binding, scopes)
                self.edits.append((*self.span(node), binding.new))
        elif isinstance(node, ast.Global):
            start, end = self.span(node)
            text = self.text[start:end]
            for name in node.names:
                binding = scopes[0].get(name)
                if binding and binding.new != name:
                    text = re.sub(rf"\b{name}\b", binding.new, text)
            if text != self.text[start:end]:
                self.edits.append((start, end, text))
        else:
            self.walk_body(node, scopes)

    def report_capture(self, node: ast.Name, binding: Binding, scopes: list[Scope]) -> None:
        """Print where a nearer scope binds the new name itself: there it would mean another thing."""
        for scope in reversed(scopes):
            if scope.get(node.id) is binding:
                return
            if binding.new in scope:
                print(f"CAPTURED {self.old}:{node.lineno}: {node.id} would become {binding.new}")

    def visible(self, scopes: list[Scope]) -> list[Scope]:
        return [scope for scope in scopes if not isinstance(scope, ClassScope)]

    def attribute(self, node: ast.Attribute, scopes: list[Scope]) -> None:
        assert isinstance(node.value, ast.Name)
        binding = self.find(node.value.id, scopes)
        if binding is None or not binding.module:
            self.walk(node.value, scopes)
            return
        name = self.table.name_in(binding.module, node.attr)
        start, end = self.span(node)
        if binding.here:
            self.edits.append((start, end, name))
            return
        new = f"{binding.new}.{name}"
        if new != self.text[start:end]:
            self.edits.append((start, end, new))

    def function_strings(self, prefix: str) -> None:
        """Rewrite « module:function » strings, whose modules stand below `prefix`."""
        values = {id(value) for node in ast.walk(self.tree) if isinstance(node, ast.Dict) for value in node.values}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = re.fullmatch(r"([a-z_]+)(:([a-z_]+))?", node.value)
                old = f"{prefix}.{match[1]}" if match and (match[3] or id(node) in values) else ""
                if match and old in self.table.modules:
                    new = self.table.modules[old].rpartition(".")[2]
                    if match[3]:
                        new += ":" + self.table.name_in(old, match[3])
                    self.edits.append((*self.span(node), f'"{new}"'))


class ClassScope(Scope):
    """Names of a class body: its methods do not see them."""


# --- files joined -------------------------------------------------------------------------------------------------


@dataclass
class Parts:
    """A rewritten file taken apart."""

    path: str
    docstring: str
    imports: list[str]
    type_imports: list[str]
    body: str
    defines: set[str]
    needs: set[str]  # names of other files that must be there when the module runs


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING") and not node.orelse


def take_apart(path: str, text: str) -> Parts:
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    parts = Parts(path, ast.get_docstring(tree, clean=False) or "", [], [], "", set(), set())
    end = 0
    body: list[str] = []
    for index, node in enumerate(tree.body):
        first = min([node.lineno, *[d.lineno for d in getattr(node, "decorator_list", [])]])
        chunk = "".join(lines[end : node.end_lineno])
        comment = "".join(line for line in lines[end : first - 1] if line.strip())
        end = node.end_lineno or node.lineno
        if index == 0 and parts.docstring:
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            parts.imports.append(comment + "".join(lines[node.lineno - 1 : node.end_lineno]))
            continue
        if is_type_checking(node):
            inner = node.body  # type: ignore[attr-defined]
            parts.type_imports.append("".join(lines[inner[0].lineno - 1 : node.end_lineno]))
            continue
        body.append(chunk)
        parts.defines |= bound_names(ast.Module(body=[node], type_ignores=[]))
        parts.needs |= names_at_import(node)
    body.append("".join(lines[end:]))
    parts.body = "".join(body)
    return parts


def names_at_import(node: ast.AST) -> set[str]:
    """Return the names that are read when the module is loaded: bases, decorators, defaults, values."""
    if isinstance(node, FUNCTIONS):
        outer = [*node.decorator_list, *node.args.defaults, *[d for d in node.args.kw_defaults if d]]
        return {name.id for part in outer for name in ast.walk(part) if isinstance(name, ast.Name)}
    if isinstance(node, ast.ClassDef):
        outer = [*node.decorator_list, *node.bases, *[word.value for word in node.keywords]]
        found = {name.id for part in outer for name in ast.walk(part) if isinstance(name, ast.Name)}
        return found.union(*[names_at_import(statement) for statement in node.body])
    if isinstance(node, ast.AnnAssign):
        return names_at_import(node.value) if node.value else set()
    if isinstance(node, ast.Lambda):
        return set()
    found = {node.id} if isinstance(node, ast.Name) else set()
    for child in ast.iter_child_nodes(node):
        found |= names_at_import(child)
    return found


def in_order(files: list[Parts]) -> list[Parts]:
    """Return the files so that each comes after those it needs when it is loaded; else as the table has them."""
    left, done, known = list(files), [], set()
    while left:
        for parts in left:
            others = set().union(*[other.defines for other in left if other is not parts]) if len(left) > 1 else set()
            if not parts.needs & others - parts.defines:
                break
        else:
            raise SystemExit(f"circle at load: {[parts.path for parts in left]}")
        left.remove(parts)
        done.append(parts)
        known |= parts.defines
    return done


def check_join(new: str, files: list[Parts], texts: dict[str, str]) -> None:
    """Stop where two joined files give one name to two things, or one hides a built-in the other uses."""
    imported: dict[str, tuple[str, str]] = {}
    defined: dict[str, str] = {}
    for parts in files:
        for name in parts.defines:
            if name in defined:
                print(f"CLASH {new}: {name} in {defined[name]} and {parts.path}")
            defined[name] = parts.path
            if hasattr(builtins, name):
                for other in files:
                    if other is not parts and re.search(rf"(?<![\w.]){name}\(", other.body):
                        print(f"BUILTIN {new}: {name} of {parts.path} hides the built-in in {other.path}")
        for statement in [*parts.imports, *parts.type_imports]:
            flat = re.sub(r"^ +", "", statement, flags=re.M) if statement.startswith(" ") else statement
            for node in ast.walk(ast.parse(flat)):
                if isinstance(node, ast.ImportFrom):
                    for alias in node.names:
                        local = alias.asname or alias.name
                        origin = (node.module or "", alias.name)
                        if imported.setdefault(local, origin) != origin:
                            print(f"CLASH {new}: {local} is {imported[local]} and {origin} in {parts.path}")
    for name in set(imported) & set(defined):
        print(f"CLASH {new}: {name} is imported from {imported[name]} and defined in {defined[name]}")


def drop_repeated(files: list[Parts]) -> None:
    """Drop an assignment that an earlier file makes with the same words."""
    seen: set[str] = set()
    for parts in files:
        tree = ast.parse(parts.body)
        lines = parts.body.splitlines(keepends=True)
        drops = []
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                text = ast.dump(node)
                if text in seen:
                    drops.append(node)
                    parts.defines -= bound_names(ast.Module(body=[node], type_ignores=[]))
                seen.add(text)
        for node in reversed(drops):
            del lines[node.lineno - 1 : node.end_lineno]
        parts.body = "".join(lines)


def joined(new: str, files: list[Parts], docstring: str) -> str:
    out = [f'"""{docstring}"""\n\nfrom __future__ import annotations\n\n']
    out += [statement for parts in files for statement in parts.imports]
    blocks = "".join(block for parts in files for block in parts.type_imports)
    types = "".join(line for line in blocks.splitlines(keepends=True) if line.strip() != "pass")
    if types:
        out += ["\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n", types]
    out += ["\n\n" + parts.body.strip("\n") + "\n" for parts in files]
    return merge_imports("".join(out))


def merge_imports(text: str) -> str:
    """Drop a type-only import of what is imported anyway, and an inner import of what the file's head imports."""
    tree = ast.parse(text)
    running: set[tuple[str, str, str | None]] = set()
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            node = statement
            running |= {(node.module or "", alias.name, alias.asname) for alias in node.names}
    lines = text.splitlines(keepends=True)
    drops: list[tuple[int, int, str]] = []
    inner_imports = [found for found in ast.walk(tree) if isinstance(found, ast.ImportFrom)]
    for node in inner_imports:
        if node in tree.body:
            continue
        left = [alias for alias in node.names if (node.module or "", alias.name, alias.asname) not in running]
        if len(left) == len(node.names):
            continue
        indent = " " * node.col_offset
        names = ", ".join(alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in left)
        rest = f"{indent}from {node.module} import {names}\n" if left else ""
        drops.append((node.lineno - 1, node.end_lineno or 0, rest))
    for start, end, new in sorted(drops, reverse=True):
        lines[start:end] = [new] if new else []
    text = "".join(lines)
    return re.sub(r"^if TYPE_CHECKING:\n(?=\S|\n\n)", "", text, flags=re.M)


# --- the checkout -------------------------------------------------------------------------------------------------


def rewrite_strings(text: str, table: Table) -> str:
    """Rewrite dotted names and paths of modules that stand in strings, comments and other files."""

    def dotted_name(match: re.Match[str]) -> str:
        words = match[0].split(".")
        for length in range(len(words), 1, -1):
            old = ".".join(words[:length])
            if old in table.modules:
                rest = words[length:]
                if rest:
                    rest[0] = table.name_in(old, rest[0])
                return ".".join([table.modules[old], *rest])
        return match[0]

    def path_name(match: re.Match[str]) -> str:
        return table.files.get(match[0], match[0])

    text = re.sub(r"(?<![\w./])(?:tui|tests)(?:\.[a-zA-Z_]\w*)+", dotted_name, text)
    return re.sub(r"(?<![\w./])(?:tui|tests)/[\w/]+\.py", path_name, text)


def strings_only(text: str, table: Table) -> str:
    """Rewrite module names in the string literals and comments of a Python file, never in its code."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    edits = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kinds = {tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", -1)}
        if token.type in kinds:
            new = rewrite_strings(token.string, table)
            if new != token.string:
                start = starts[token.start[0] - 1] + token.start[1]
                edits.append((start, start + len(token.string), new))
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def rename_words(text: str, words: dict[str, str], left: set[str]) -> str:
    """Rename a word in every identifier that holds it between underscores; identifiers in `left` stay."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    edits = []
    before = ("", "")  # the two tokens before
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for index, token in enumerate(tokens):
        if token.type == tokenize.NAME and token.string not in left:
            parts = [words.get(part, part) for part in token.string.split("_")]
            keyword = tokens[index + 1].string == "=" and before[1] in ("(", ",")
            fixed = before == ("args", ".") or (keyword and f"{{{token.string}}}" in text)
            if "_".join(parts) != token.string and not fixed:
                start = starts[token.start[0] - 1] + token.start[1]
                edits.append((start, start + len(token.string), "_".join(parts)))
        before = (before[1], token.string)
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def main(table_path: str) -> None:
    listed = subprocess.run(["git", "ls-files", *SCANNED], capture_output=True, text=True, check=True).stdout.split()
    files = sorted(path for path in listed if path.endswith(".py") and Path(path).is_file())
    raw = tomllib.loads(Path(table_path).read_text(encoding="utf-8"))
    table = read_table(Path(table_path), files)
    texts = {old: Path(old).read_text(encoding="utf-8") for old in files}
    order = {old: number for number, old in enumerate(raw.get("modules", {}))}
    groups: dict[str, list[str]] = defaultdict(list)
    for old in sorted(files, key=lambda path: (order.get(path, len(order)), path)):
        groups[table.files[old]].append(old)
    written: dict[str, str] = {}
    for new, olds in groups.items():
        results = {old: strings_only(Rewriter(old, texts[old], table).rewritten(), table) for old in olds}
        if len(olds) == 1:
            text = results[olds[0]]
            if new in table.docstrings and ast.get_docstring(ast.parse(text)) != table.docstrings[new]:
                parts = take_apart(new, text)
                text = text.replace(f'"""{parts.docstring}"""', f'"""{table.docstrings[new]}"""', 1)
            written[new] = merge_imports(text) if text != texts[olds[0]] else text
        else:
            joining = in_order([take_apart(old, results[old]) for old in olds])
            drop_repeated(joining)
            check_join(new, joining, results)
            written[new] = joined(new, joining, table.docstrings.get(new) or joining[0].docstring)
    words, left = raw.get("words", {}), raw.get("left", {})
    for new, text in written.items() if words else ():
        stay = {name for folder, names in left.items() if new.startswith(folder) for name in names}
        written[new] = rename_words(text, words, stay)
    for old in files:
        if table.files[old] not in (old,) or old not in written:
            Path(old).unlink()
    for new, text in written.items():
        Path(new).parent.mkdir(parents=True, exist_ok=True)
        Path(new).write_text(text, encoding="utf-8")
    for package, docstring in raw.get("new_packages", {}).items():
        init = Path(package, "__init__.py")
        if not init.exists():
            init.write_text(f'"""{docstring}"""\n', encoding="utf-8")
    for path in raw.get("others", {}).get("files", []):
        text = Path(path).read_text(encoding="utf-8")
        Path(path).write_text(rewrite_strings(text, table), encoding="utf-8")
    for was, becomes in raw.get("packages", {}).items():  # what lies beside the Python files
        for path in subprocess.run(["git", "ls-files", was], capture_output=True, text=True, check=True).stdout.split():
            if Path(path).is_file() and not path.endswith(".py"):
                target = Path(becomes + path.removeprefix(was))
                target.parent.mkdir(parents=True, exist_ok=True)
                Path(path).rename(target)


if __name__ == "__main__":
    main(sys.argv[1])
