"""What a filled form says, field by field, whether it is written in YAML, Markdown or CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..reading import Map, Mark, Seq, Source, load_csv, load_yaml, nearest
from .fields import Field
from .front_matter import FrontMatter
from .markdown import Section, parse_markdown
from .page import Page
from .recognition import heading_key
from .types import Input

HEADER = ""
"""The section of what stands before the numbered ones."""
_NUMBER = re.compile(r"\D{0,12}?(\d(?:\.\d){0,2})[.):]?(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: section by number, field by its name in rules/documents/forms.yaml, and the place of the text."""

    section: str
    field: str
    text: str
    source: Source


@dataclass
class Sheet:
    """A form as it is described, and the answers found so far."""

    form: Mapping[str, Any]
    page: Page
    entries: list[Entry] = field(default_factory=list)
    listed: list[Field] = field(default_factory=list)

    def section(self, written: str) -> str | None:
        """Number of a section, from its number or its name."""
        match = _NUMBER.match(f"{written} ")
        sections: Mapping[str, Any] = self.form["sections"]
        if match and match[1] in sections:
            return match[1]
        key = heading_key(written.replace("_", " "))
        return next((number for number, one in sections.items() if one.get("name") == key), None)

    def fields(self, section: str) -> dict[str, str]:
        """Names of the fields of a section by what may be written for them."""
        if section == HEADER:
            return {name: name for name in self.form["header"]}
        known = {}
        for name, one in self.form["sections"][section]["fields"].items():
            known.update({written.replace("_", " "): name for written in (name, *one.get("also", ()))})
        return known

    def _counts(self, section: str, name: str | None) -> bool:
        """Whether a field states something or a section or topic depends on it."""
        if section == HEADER:
            return name in ("form", "recipients", "last_update", "published_at", *self.form.get("header_topics", ()))
        about = self.form["sections"][section]
        needed = [*about.get("needs", ()), *about.get("then", ()), *about.get("then_any", ())]
        needed += [one for topics in self.form.get("topics", {}).values() for names in topics.values() for one in names]
        asked = about["fields"].get(name, {})
        return name in needed or "fact" in asked or "topic" in asked

    def answer(self, section: str, written: str, text: str, source: Source) -> None:
        """Keep an answer; a field that the section does not have is a problem."""
        known = self.fields(section)
        found = known.get(written) or known.get(heading_key(written.replace("_", " ")))
        path = ".".join(filter(None, (section, found or written)))
        self.listed.append(Field(path, (text,), self._counts(section, found), (Mark(source.line, source.column),)))
        if found is not None:
            self.entries.append(Entry(section, found, text, source))
            return
        near = nearest(written, known)
        hint = f"did you mean `{near}`?" if near else f"fields are {', '.join(dict.fromkeys(known.values()))}"
        at = f"section {section}" if section else "the form"
        self.page.remark(source, "PK101", f"{at} has no field `{written[:80]}`", hint)


def form_name(one: Input) -> str:
    """Which form a file says that it is; empty for none. The content is not trusted to be well formed."""
    if one.front and one.front.present:
        return str(one.front.keys.get("form") or "")
    match = re.search(r"^form[ \t]*:[ \t]*[\"']?([a-z-]{1,40})", one.text, re.M)
    match = match or re.match(r"form,section,field,value[^\n]*\n\"?([a-z-]{1,40})", one.text)
    return match[1] if match else ""


def read_entries(one: Input, sheet: Sheet) -> None:
    """All answers of a file. Raises `InputError` where the whole file cannot be read."""
    if one.front is not None:
        _from_markdown(one.front, sheet)
    elif one.name.casefold().endswith(".csv"):
        _from_csv(one, sheet)
    else:
        _from_yaml(load_yaml(one.text, one.name), sheet)


def _from_yaml(data: Any, sheet: Sheet) -> None:
    if not isinstance(data, Map):
        sheet.page.remark(Source(sheet.page.file, 1, 1), "yaml", "the form is not a mapping", "write `key: value` lines")
        return
    for key, value in data.items():
        number, place = sheet.section(key), sheet.page.place(data.keys_at[key])
        if number is None or key in sheet.form["header"]:
            _header(sheet, key, value, data.values_at.get(key, data.mark), place)
        elif isinstance(value, Map):
            for name, text, mark in _leaves(value):
                sheet.answer(number, name, text, sheet.page.place(mark))
        elif value is not None:
            sheet.page.remark(place, "value", f"section {key} takes fields", "write `field: value` lines below it")


def _header(sheet: Sheet, key: str, value: Any, mark: Mark, place: Source) -> None:
    items = list(zip(value, value.items_at, strict=True)) if isinstance(value, Seq) else [(value, mark)]
    for item, at in items:
        if isinstance(item, (Map, Seq)) and key in sheet.form["header"]:
            sheet.page.remark(place, "value", f"`{key}` takes a text", "write it out")
        else:
            sheet.answer(HEADER, key, _text(item), sheet.page.place(at) if key in sheet.form["header"] else place)


def _leaves(value: Map) -> Iterator[tuple[str, str, Mark]]:
    """Fields with their texts. `text: {size: ...}` is the field text_size; in a list of mappings `name` is the item itself."""
    waiting: list[tuple[str, Any, Mark]] = [(key, value[key], value.values_at.get(key, value.mark)) for key in reversed(value)]
    while waiting:
        name, one, mark = waiting.pop()
        if isinstance(one, Map):
            for key in reversed(one):
                inner = name if key == "name" else f"{name}_{key}"
                waiting.append((inner, one[key], one.values_at.get(key, one.mark)))
        elif isinstance(one, Seq):
            waiting += [(name, item, at) for item, at in reversed(list(zip(one, one.items_at, strict=True)))]
        else:
            yield name, _text(one), mark


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, (Map, Seq)) else str(value).strip()


def _from_csv(one: Input, sheet: Sheet) -> None:
    for row in load_csv(one.text, one.name)[1:]:
        if len(row) < 4:
            sheet.page.remark(
                sheet.page.place(row[0].mark), "csv", "a row of four cells was expected", "form,section,field,value"
            )
            continue
        _, section, name, value = row[:4]
        number = sheet.section(section.text.strip()) if section.text.strip() else HEADER
        if number is None:
            sheet.page.remark(sheet.page.place(section.mark), "PK101", f"the form has no section `{section.text[:40]}`")
        else:
            sheet.answer(number, name.text.strip(), value.text.strip(), sheet.page.place(value.mark))


def _from_markdown(front: FrontMatter, sheet: Sheet) -> None:
    sheet.page.problems.extend(front.problems)
    for key, value in front.keys.items():
        if key in sheet.form["header"]:
            _header(sheet, key, value, front.keys.values_at.get(key, front.keys.mark), sheet.page.place(front.keys.keys_at[key]))
    for section in parse_markdown(front.body, front.body_line).walk():
        number = sheet.section(section.heading) if section.level else None
        if number is not None:
            for name, text, line in _labelled(section):
                sheet.answer(number, name, text, Source(sheet.page.file, line, 1))


def _labelled(section: Section) -> Iterator[tuple[str, str, int]]:
    """Labelled lines, with what stands below an empty one as its answer, and rows of tables with two columns."""
    labels = {label.line: label for label in section.labels}
    waiting = ""
    for block in section.blocks:
        label = labels.get(block.line)
        if label is not None:
            waiting = "" if label.value else label.label
            if label.value:
                yield label.label, label.value, block.line
        elif block.text.startswith("|"):
            cells = [cell.strip(" *") for cell in block.text.strip("| ").split("|")]
            if len(cells) == 2 and all(re.search(r"\w", cell) for cell in cells) and cells[0].casefold() != "field":
                yield cells[0], cells[1], block.line
        elif waiting:
            yield waiting, re.sub(r"^(?:[-*+]|\d+[.)])\s+", "", block.text), block.line
