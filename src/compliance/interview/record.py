"""An answer is written into compliance.yaml at once, and taken back where the dossier then does not say what was answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..catalogue import Catalogue
from ..documents.detect import MANIFEST
from ..documents.manifest import ENTITIES, model_name
from ..facts import NAMELESS
from ..facts.situations import subject_models
from ..flow import Learned, Run, learn_dossier
from ..graph import families_of
from ..reading import InputError, Map, Problem, Source, decode, load_yaml, read_bytes, write_whole
from ..vocabulary import UNKNOWN, kind_of, name_of, node
from .insertion import Step, Written, insert_key, node_at, quote
from .questions import Asked

BOM = "\ufeff"
ROLES = "addressee.roles"


def record_answer(folder: Path, run: Run, catalogue: Catalogue, asked: Asked, told: str) -> None:
    """Write the answer `told` (YAML of one line) into the dossier's compliance.yaml, which is made if it is not there.

    Raises `InputError` where that cannot be done; the file is then as it was.
    """
    before = learn_dossier(folder, catalogue, run.at)
    text = _declare(read_manifest_text(folder), run, asked.subject)
    section = _section(text, run, asked.subject)
    key = asked.name.partition(".")[2]
    if not asked.towards:
        text = _insert_fact(text, section, key, told, asked)
    by_law = isinstance(node_at(load_yaml(text, MANIFEST), (*section, key)), Map) and asked.name == ROLES
    answer: Written = dict.fromkeys(asked.instruments, told) if by_law and asked.instruments else told
    for subject in asked.towards:
        text = _declare(text, run, subject)
        section = _section(text, run, asked.subject)
        towards = _name_towards(text, section, subject)
        root = load_yaml(text, MANIFEST)
        if node_at(root, (*section, "towards", towards)) is not None:
            text = _insert_fact(text, (*section, "towards", towards), key, answer, asked)
        elif node_at(root, (*section, "towards")) is not None:
            text = insert_key(text, MANIFEST, (*section, "towards"), towards, {key: answer})
        else:
            text = insert_key(text, MANIFEST, section, "towards", {towards: {key: answer}})
    _write_checked(folder, catalogue, run, text, before, asked)


def name_organisation(folder: Path, name: str) -> None:
    """Write who the organisation is, which every answer on it needs. Raises `InputError` where one is named already."""
    text = read_manifest_text(folder)
    root = load_yaml(text, MANIFEST)
    name = " ".join(name.split())
    if not name:
        raise InputError(Problem(Source(MANIFEST), "value", "a name is text", "write organisation.name=Example Labs"))
    if root is not None and not isinstance(root, Map):
        raise InputError(Problem(Source(MANIFEST, 1, 1), "value", "a mapping was expected", "begin with `format: 1`"))
    if _entries(root, "organisation"):
        path = next(iter(_entries(root, "organisation")))
        text = insert_key(text, MANIFEST, path, "name", quote(name))
    else:
        text = _new_section(text, root, "organisation", {"name": quote(name)})
    _write(folder, text)


def read_manifest_text(folder: Path) -> str:
    """The text of compliance.yaml with its own line ends; `format: 1` where there is none. Raises `InputError`."""
    path = folder / MANIFEST
    if not path.exists() and not path.is_symlink():
        return "format: 1\n"
    content = read_bytes(path, folder)
    decode(content, MANIFEST)
    return content.decode("utf-8-sig")


def _write(folder: Path, text: str) -> None:
    """The whole file at once; where it is a link, the file that it leads to; a byte order mark stays."""
    path = folder / MANIFEST
    mark = BOM if path.exists() and path.read_bytes().startswith(BOM.encode()) else ""
    try:
        write_whole(path.resolve(), (mark + text).encode())
    except OSError as error:
        problem = Problem(Source(MANIFEST), "path", f"cannot be written: {error.strerror}", "check the permissions")
        raise InputError(problem) from None


def _write_checked(folder: Path, catalogue: Catalogue, run: Run, text: str, before: Learned, asked: Asked) -> None:
    """Write, read the dossier again, and put the file back where the answer did not arrive as it was meant."""
    path = folder / MANIFEST
    old = path.read_bytes() if path.exists() else None
    _write(folder, text)
    after = learn_dossier(folder, catalogue, run.at)
    problem = _went_wrong(before, after, asked)
    if problem is None:
        return
    if old is None:
        path.unlink()
    else:
        write_whole(path.resolve(), old)
    raise InputError(problem)


def _went_wrong(before: Learned, after: Learned, asked: Asked) -> Problem | None:
    known = {(p.code, p.message) for p in before.problems}
    new = [p for p in after.problems if (p.code, p.message) not in known and p.source.file == MANIFEST]
    if new:
        return new[0]
    subjects = [subject_models(one.facts.graph) for one in (before, after)]
    if subjects[0] != subjects[1]:
        message = "with this answer the dossier would be about other models than before"
        return Problem(Source(MANIFEST), "value", message, "declare all its models in compliance.yaml first")
    facts, name = after.facts, asked.name
    for pair in asked.towards or ("",):
        owned = facts.pairs.get((asked.subject, pair), {}) if pair else facts.facts.get(asked.subject, {})
        found = [fact for key, fact in owned.items() if key == name or key.startswith(f"{name}@")]
        if not found:
            message = f"the answer on {name} did not arrive at {asked.about}"
            return Problem(Source(MANIFEST), "value", message, "write it by hand")
        for fact in found:
            if fact.value is UNKNOWN and fact.how == "contradiction":
                return Problem(fact.sources[0], "contradiction", f"{name}: {fact.note}", "another document says otherwise")
    return None


def _entries(root: Any, kind: str) -> dict[tuple[Step, ...], Map]:
    """Mappings below `model` and `models`, by their paths."""
    found: dict[tuple[Step, ...], Map] = {}
    for key in (kind, ENTITIES[kind]):
        value = root.get(key) if isinstance(root, Map) else None
        rows = [((key, index), row) for index, row in enumerate(value)] if isinstance(value, list) else [((key,), value)]
        found.update({path: row for path, row in rows if isinstance(row, Map)})
    return found


def _section(text: str, run: Run, subject: str) -> tuple[Step, ...]:
    """Where a declared node stands. Raises `InputError` where it is not declared."""
    root = load_yaml(text, MANIFEST)
    kind = kind_of(subject)
    main = model_name(root if isinstance(root, Map) else None, run.name)[0]
    defaults = {"model": main, "system": main, "organisation": name_of(NAMELESS)}
    for index, (path, entry) in enumerate(_entries(root, kind).items(), 1):
        raw = entry.get("name")
        name = str(raw).strip() if raw is not None else defaults.get(kind, "") if index == 1 else ""
        if node(kind, name or f"{kind}-{index}") == subject:
            return path
    hint = f"write {{name: {name_of(subject)}}} below `{ENTITIES[kind]}`"
    raise InputError(Problem(Source(MANIFEST), "value", f"compliance.yaml does not declare {subject}", hint))


def _declare(text: str, run: Run, subject: str) -> str:
    """The text with a section for this node; of several models all are declared, so that none of them is lost."""
    root = load_yaml(text, MANIFEST)
    kind = kind_of(subject)
    if root is not None and not isinstance(root, Map):
        raise InputError(Problem(Source(MANIFEST, 1, 1), "value", "a mapping was expected", "begin with `format: 1`"))
    if _entries(root, kind):
        return text
    if subject == NAMELESS:
        hint = "name it first: organisation.name=Example Labs"
        raise InputError(Problem(Source(MANIFEST), "value", "the organisation has no name yet", hint))
    if kind == "model":
        graph = run.facts.graph
        models = subject_models(graph)
        families = dict.fromkeys(family for one in models for family in families_of(graph, one))
        if len(models) > 1 or families:
            rows: list[Written] = [{"name": quote(name_of(one))} for one in dict.fromkeys((*families, *models))]
            return _new_section(text, root, "models", rows)
    return _new_section(text, root, kind, {"name": quote(name_of(subject))})


def _new_section(text: str, root: Any, key: str, value: Written) -> str:
    """A section at the end, or below its own heading where that stands there without anything."""
    if isinstance(root, Map) and key in root and root[key] is None and isinstance(value, dict):
        for name, told in value.items():
            text = insert_key(text, MANIFEST, (key,), name, told)
        return text
    return insert_key(text, MANIFEST, (), key, value)


def _insert_fact(text: str, path: tuple[Step, ...], key: str, told: Written, asked: Asked) -> str:
    """The fact, nested keys taken where they lead to a place without a value; roles by law where they are kept by law."""
    holder = node_at(load_yaml(text, MANIFEST), path)
    if asked.name == ROLES and isinstance(holder, Map) and isinstance(holder.get(key), Map):
        missing = [one for one in asked.instruments if one not in holder[key]]
        if not missing:
            message = "roles are kept by law here, and no further law asks for them"
            raise InputError(Problem(Source(MANIFEST, *holder.keys_at[key]), "stated", message, "add the law by hand"))
        for instrument in missing:
            text = insert_key(text, MANIFEST, (*path, key), instrument, told[instrument] if isinstance(told, dict) else told)
        return text
    head, _, rest = key.partition(".")
    inner = holder.get(head) if isinstance(holder, Map) else None
    if rest and isinstance(inner, Map) and (rest in inner or rest.partition(".")[0] in inner):
        return _insert_fact(text, (*path, head), rest, told, asked)
    return insert_key(text, MANIFEST, path, key, told)


def _name_towards(text: str, section: tuple[Step, ...], subject: str) -> str:
    """How `towards` names a subject: as it does already, plainly where only one bears the name, else with its kind."""
    root = load_yaml(text, MANIFEST)
    towards = node_at(root, (*section, "towards"))
    plain = name_of(subject)
    if isinstance(towards, Map) and subject in towards:
        return subject
    named = [kind for kind in ENTITIES for entry in _entries(root, kind).values() if str(entry.get("name")) == plain]
    return plain if len([kind for kind in named if kind != "organisation"]) <= 1 else subject
