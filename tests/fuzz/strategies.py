"""Files as nobody means them: real ones that were cut, spliced and stuffed, and trees of the words of a format."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from compliance.documents.dossier import MAX_TEXT, import_files
from compliance.documents.recognition import load_fields

from .own import OWN

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))
MOST_DOCUMENTS, LONGEST = 60, 40_000
"""Of real documents: how many of a format are edited, and how long they may be."""
COUNTS = (1, 3, 40, 300, 3000, 20_000)
PIECES = (
    "9", ",", "*", "[", "]", "(", "{", " ", "\t", "\n", "<", "-", "`", "|", "#", ">", '"', "'", "=", "~", ".", "/", "\\", ":",
    "_", "a ", "A", "1,", "1.", "[](", "![", "**_", "<b>", "<!--", "- a\n", "| a ", "|-", "# a\n", "\n\n", " \n", "&amp;",
    "7B ", "7B, ", "1.5T tokens and ", "8x A100 80GB ", "8 x ", "GPU hours ", "fine-tuned from ", "trained on ",
    "derived from a/b and ", "a/b ", "A-1 ", "Llama 2 7B ", "License: MIT\n", "MIT OR ", "(MIT AND ",
    "https://huggingface.co/a/b ", "[a](b) ", "`a` ", "2024-01-01 ", "January ", "en, ", "English, ", "10^", "e+", "3*10^",
    "1e9", "Mr. ", "e.g. ", "\u200b", "\u0661", "\uff11", "\u0130", "\u212a", "\u00df", "\u0301", "\u202e", "\U0001f600",
    "\u4e2d", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r", "\ufeff",
)  # fmt: skip
"""What is repeated: runs in which a pattern may lose itself."""
TRAPS = (
    "\0", "\ud800", "\ufeff", "---\n", "\n---\n", "...\n", "&a [*a, *a]", "*a", "<<: *a", "!!python/object:os.system x",
    "!!binary =", "? [a]\n: b", "%YAML 9.9\n", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!ENTITY % a SYSTEM 'file:///x'>", "&b;",
    "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-16'?>", "&#0;", "&#xD800;", '"', '""', '"""', "\\ud800", "\\u0000",
    "NaN", "-Infinity", "1e999999999", "10^999999999", "1e-999999999", "0" * 400, "9" * 5000, "-1", "-0", "1/0", "0x10",
    "1_000", "2026-13-99", "0000-00-00", "99999-01-01", "2026-02-30T99:99Z", "true", "null", "~", "unknown", "none", "[]", "{}",
    "{{", "[[[", "<a" * 200, "=cmd|' /C x'!A0", "../../x", "model:", "dataset:x", "document:#", "x#y", "MIT WITH ",
    "LicenseRef-" + "x" * 300, "(" * 600 + "MIT" + ")" * 600, "MIT OR " * 3000 + "MIT",
)  # fmt: skip
SENTENCES = (
    "# {}\n", "## Model details\n{}\n", "The model has {} parameters.", "It was trained on {} tokens.",
    "Training took {} GPU hours on {}.", "- **Parameters:** {}\n", "- **License:** {}\n", "| Parameters | {} |\n",
    "| a | b |\n|---|---|\n| {} | {} |\n", "Context length: {}\n", "This model is a fine-tuned version of {}.",
    "Trained on {} using {}.", "Released on {}.", "```yaml\nbase_model: {}\n```\n", "<{}>",
    "Energy: {} kWh, {} tCO2eq emitted.", "Languages: {}\n", "[{}]({})", "![{}]({})", "**{}**", "* {}\n", "1. {}\n", "> {}\n",
    "`{}`", "License\n=======\n{}\n", "Copyright (c) {} {}", "Apache License Version 2.0", "    {}\n", "~~~\n{}\n",
    "<table><tr><td>{}</td></tr>",
)  # fmt: skip


@cache
def real_documents() -> Mapping[str, tuple[str, ...]]:
    """Texts of the corpus and of the samples by the importer that takes them; a selection of those that differ most."""
    found: dict[str, dict[str, str]] = {}
    roots = [one.parent for one in sorted(CORPUS.rglob("source.json"))] if CORPUS.is_dir() else []
    for root in (*roots, *sorted(one for one in (ROOT / "samples").iterdir() if one.is_dir())):
        for file in import_files(root)[0]:
            path = root / file.name
            if file.importer and path.stat().st_size <= LONGEST:
                found.setdefault(file.importer, {}).setdefault(file.digest, path.read_text("utf-8", "replace"))
    return {importer: _select([*texts.values()]) for importer, texts in found.items()}


def _select(texts: list[str]) -> tuple[str, ...]:
    every = sorted(texts, key=lambda text: (len(set(re.findall(r"\w+", text))), text), reverse=True)
    return tuple(every[:: max(1, len(every) // MOST_DOCUMENTS)][:MOST_DOCUMENTS])


def one_of(texts: Sequence[str]) -> st.SearchStrategy[str]:
    """One of many texts, by its number: a strategy that shows itself with all of them takes more memory than the importers."""
    return st.integers(0, len(texts) - 1).map(lambda number: texts[number])


BAIT = one_of(TRAPS) | st.tuples(one_of(PIECES), st.sampled_from(COUNTS)).map(lambda one: (one[0] * one[1])[:LONGEST])


def edited(texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One of some texts after a few edits; places are parts of the length."""
    place = st.integers(0, 10_000)
    edit = st.tuples(st.sampled_from("icdrsx"), place, place, BAIT, one_of(texts))
    return st.builds(_edit_all, one_of(texts), st.lists(edit, min_size=1, max_size=5))


def _edit_all(text: str, edits: list[tuple[str, int, int, str, str]]) -> str:
    for kind, first, second, bait, other in edits:
        at, length = len(text) * first // 10_000, second % 200
        if kind == "i":  # insert
            text = text[:at] + bait + text[at:]
        elif kind == "c":  # cut
            text = text[:at] + text[at + length :]
        elif kind == "d":  # double, many times for short pieces
            text = text[:at] + text[at : at + length] * (1 + second % 50) + text[at:]
        elif kind == "r":  # replace a word or number
            match = re.compile(r"[\w.-]+").search(text, at)
            text = text[: match.start()] + bait + text[match.end() :] if match else text + bait
        elif kind == "s":  # splice with another
            text = text[:at] + other[len(other) * second // 10_000 :]
        else:  # a line to the end
            begin = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at) + 1 or len(text)
            text += text[begin:end]
        text = text[: 3 * LONGEST]
    return text


def trees(words: tuple[str, ...], texts: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """JSON values of the keys of a format, of every type everywhere."""
    keys = one_of(words) | st.text(max_size=4)
    numbers = st.sampled_from([0, -1, 1, 10**30, 10**400, -(10**18)]) | st.integers(-100, 10**13)
    scalars = st.none() | st.booleans() | numbers | one_of(texts) | BAIT | st.text(max_size=10)
    deep = st.integers(1, 120).map(lambda depth: _nest(depth))
    many = st.tuples(keys, scalars, st.sampled_from((2, 30, 400))).map(lambda one: [{one[0]: one[1]} for _ in range(one[2])])
    return st.recursive(
        scalars | deep | many, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=7), max_leaves=40
    )


def _nest(depth: int) -> Any:
    value: Any = 1
    for step in range(depth):
        value = {"a": value} if step % 2 else [value]
    return value


def structured(importer: str, texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A file of the right syntax with the words of the format, in any shape; now and then with a key twice."""
    words = key_words(importer, texts)
    pairs = (pair for text in texts[:20] for pair in re.findall(r'"([^"\n]{1,60})"|: ([^\s"\[{][^\n]{0,60})', text[:5000]))
    told = tuple(dict.fromkeys(word for pair in pairs for word in pair if word))
    own = st.dictionaries(one_of(words), trees(words, (*told, "x")), max_size=9)
    tree = st.tuples(own, one_of(texts), st.randoms())
    if importer == "applied_card":
        return st.recursive(BAIT, lambda inner: st.tuples(one_of(words), st.lists(inner, max_size=4)), max_leaves=30).map(_xml)
    if importer == "transparency_index":
        cell = BAIT | one_of((*load_fields("indicators.yaml")["indicators"], "Indicator", "Disclosure"))
        rows = st.lists(st.lists(cell.map(_cell), max_size=7).map(",".join), max_size=20)
        return rows.map(lambda rows: "\n".join(("Indicator,Definition,Disclosure,Score", *rows)))
    if importer in ("model_card", "readme", "data_card"):
        return st.builds("---\n{}\n---\n{}".format, tree.map(_dump), prose())
    if importer == "licence_file":
        return prose()
    return tree.map(_dump)


def _dump(drawn: tuple[dict[str, Any], str, Any]) -> str:
    own, base, random = drawn
    try:
        data = json.loads(base)
    except ValueError:
        data = {}
    merged = data if isinstance(data, dict) and random.random() < 0.7 else {}
    for key, value in own.items():
        _put(merged, key, value, random)
    text = json.dumps(merged, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
    return text.replace("{", '{"name": "twice", ', 1) if random.random() < 0.05 else text


def _put(tree: Any, key: str, value: Any, random: Any) -> None:
    """Set a value at some place of a tree, at the top or below."""
    here = tree
    for _ in range(random.randrange(6)):
        inner = [one for one in (here.values() if isinstance(here, dict) else here) if isinstance(one, (dict, list)) and one]
        if not inner:
            break
        here = random.choice(inner)
    if isinstance(here, dict):
        here[random.choice([*here, key]) if here else key] = value
    else:
        here[random.randrange(len(here))] = value


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if len(text) % 3 else text


def _xml(drawn: Any) -> str:
    def write(one: Any) -> str:
        return one if isinstance(one, str) else f"<{one[0]}>{''.join(map(write, one[1]))}</{one[0]}>"

    return f'<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd">{write(drawn)}</AppliedModelCard>'


def prose() -> st.SearchStrategy[str]:
    """Text that begins like what the rules of prose look for and then runs on."""
    sentence = st.builds(lambda form, one, two: form.format(one, two), one_of(SENTENCES), BAIT, BAIT)
    return st.lists(sentence | BAIT, max_size=10).map(lambda parts: "\n".join(parts)[: 3 * LONGEST])


def key_words(importer: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of the format, as its documents have them."""
    pattern = r"<(\w{1,40})[ >]" if importer == "applied_card" else r'"([^"\n]{1,50})"\s*:|^[ \t-]*([\w. @:-]{1,40}?):(?:\s|\Z)'
    found = (word for text in texts for match in re.findall(pattern, text, re.M) for word in match if word)
    words = dict.fromkeys(word if isinstance(word, str) else "" for word in found)
    return tuple(words)[:600] or ("name",)


def contents(importer: str, *, real: bool = True) -> st.SearchStrategy[bytes]:
    """Files for an importer, as bytes; without `real` only from documents of our own."""
    texts = (*(real_documents().get(importer, ()) if real else ()), OWN[importer])
    text = edited(texts) | structured(importer, texts)
    if importer in ("model_card", "readme", "data_card", "licence_file"):
        text |= prose()
    return text.map(lambda one: one.encode("utf-8", "surrogatepass")[:MAX_TEXT])
