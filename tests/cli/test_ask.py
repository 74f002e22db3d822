"""`init` and `ask`: nothing is stated by the first, answers of the second are known on the next run, comments stay."""

from __future__ import annotations

import difflib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from compliance.cli.app import app
from compliance.flow import assess_dossier, learn_dossier
from compliance.packs.law import Law
from compliance.vocabulary import UNKNOWN, Value

DAY = date(2026, 11, 23)
AT = ["--at", "2026-11-23"]


def call(*arguments: str, typed: str = "") -> Result:
    result = CliRunner().invoke(app, list(arguments), input=typed)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


def answer(folder: Path, *answers: str, more: tuple[str, ...] = ()) -> Result:
    options = [part for one in answers for part in ("--answer", one)]
    return call("ask", str(folder), *AT, *options, *more)


def known(folder: Path, law: Law, subject: str, fact: str, towards: str = "") -> Value:
    facts = learn_dossier(folder, law.catalogue, DAY).facts
    found = facts.pairs.get((subject, towards), {}) if towards else facts.facts.get(subject, {})
    return found[fact].value if fact in found else UNKNOWN


def added(before: str, after: str) -> list[str]:
    """Lines that are new; fails if one was taken away."""
    lines = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert all(line.startswith("+ ") for line in lines), lines
    return [line[2:] for line in lines]


def test_init_states_nothing_and_never_overwrites(tmp_path: Path, law: Law) -> None:
    blank = assess_dossier(tmp_path, law, DAY)
    assert call("init", str(tmp_path)).exit_code == 0
    run = assess_dossier(tmp_path, law, DAY)
    assert run.problems == ()
    assert run.facts.facts == blank.facts.facts
    assert run.assessment.counts() == blank.assessment.counts()
    text = (tmp_path / "compliance.yaml").read_text("utf-8")
    again = call("init", str(tmp_path))
    assert again.exit_code == 2
    assert "stays as it is" in again.stderr
    assert (tmp_path / "compliance.yaml").read_text("utf-8") == text
    assert call("init", str(tmp_path / "nowhere")).exit_code == 2


def test_every_line_of_init_can_be_uncommented(tmp_path: Path, law: Law) -> None:
    call("init", str(tmp_path))
    path = tmp_path / "compliance.yaml"
    lines = path.read_text("utf-8").splitlines()
    facts = [line.replace("# ", "", 1) for line in lines if line.startswith("  # ") and line.endswith(": unknown")]
    assert len(facts) > 20
    kept = [line.replace("# ", "", 1) if line.endswith(": unknown") or "# name:" in line else line for line in lines]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    assert assess_dossier(tmp_path, law, DAY).problems == ()


SMALL = {
    "instrument.yaml": "instrument: An act\nformat: 1\nkind: statute\nforce: [{from: 2025-01-01, is: binding, cite: s. 9}]\n"
    "roles: [provider]\nscope: {}\nhorizon: 2026-11-01\n",
    "amendments.yaml": "- {id: act, title: An act, published: 2025-01-01, cite: s. 9}\n",
    "timeline.yaml": "effective: [{date: 2025-01-01, since: act, cite: s. 9}]\n",
    "coverage.yaml": "- {cite: s. 1, card: s-1}\n",
    "provisions/s-1.yaml": """\
obligation: Tell what is known
cite: s. 1
gist: Who puts a strong model on the market says that it is new.
addressee: unassigned
subject: model
themes: {systemic-risk: {audience: unstated, form: unstated, timing: unstated}}
when:
  - {model.market_date.eu: {on_or_after: $timeline.effective}}   # 2025-01-01
  - {model.evaluation_found_high_impact: true}
evidence: [{demand: new, holds: [{model.is_new: true}]}]
review: {status: draft, checked: 2026-11-01, certainty: high}
""",
}


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options that ask about one small act alone, so that its questions are known here."""
    root = tmp_path_factory.mktemp("packs")
    for name, text in SMALL.items():
        path = root / "xx" / "act" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return ["--packs", str(root), "--in", "xx/act"]


def test_questions_come_in_the_words_of_the_catalogue(tmp_path: Path, law: Law, small: list[str]) -> None:
    result = call("ask", str(tmp_path), *AT, "--limit", "2", *small)
    assert result.exit_code == 0, result.stderr
    assert law.catalogue.facts["model.evaluation_found_high_impact"].ask[:40] in result.stdout
    assert result.stdout.count("\n? ") == 2
    first = result.stdout.index("? model.market_date.eu")
    assert first < result.stdout.index("? model.evaluation_found_high_impact")  # as telling, but somebody has to judge
    assert "model.is_new" not in result.stdout  # what there is to show comes after what binds
    assert not (tmp_path / "compliance.yaml").exists()


def test_answers_are_written_and_known_on_the_next_run(tmp_path: Path, law: Law) -> None:
    name = tmp_path.name
    call("init", str(tmp_path))
    before = (tmp_path / "compliance.yaml").read_text("utf-8")
    result = answer(
        tmp_path, "organisation.name=Example Labs", "model.is_general_purpose=no", "addressee.develops_it=yes",
        "model.compute.own_training=2*10^24 to 5*10^24", f"addressee.uses_it_under_own_authority@{name}-system=no",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "eu/ai-act/art-53-1-d on model:" in result.stdout
    lines = added(before, (tmp_path / "compliance.yaml").read_text("utf-8"))
    assert "  is_general_purpose: false" in lines
    assert known(tmp_path, law, f"model:{name}", "model.is_general_purpose") is False
    assert known(tmp_path, law, "organisation:Example Labs", "addressee.develops_it") is True
    pair = known(tmp_path, law, "organisation:Example Labs", "addressee.uses_it_under_own_authority", f"system:{name}-system")
    assert pair is False
    assert call("assess", str(tmp_path), *AT).exit_code == 0


def test_counts_before_and_after_are_those_of_assess(tmp_path: Path, law: Law) -> None:
    old = assess_dossier(tmp_path, law, DAY).assessment.findings
    shown = answer(tmp_path, "model.is_general_purpose=no").stdout.splitlines()[0]
    new = assess_dossier(tmp_path, law, DAY).assessment.findings
    counts = [[sum(f.verdict == v for f in found) for found in (old, new)] for v in ("undetermined", "not_applicable")]
    assert f"undetermined {counts[0][0]} → {counts[0][1]}, not applicable {counts[1][0]} → {counts[1][1]}" in shown
    assert counts[0][0] - counts[0][1] >= 20


def test_the_comments_of_a_file_stay(tmp_path: Path, law: Law, root: Path) -> None:
    shutil.copytree(root / "samples" / "pythia-12b", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "compliance.yaml").read_text("utf-8")
    text = text.replace("format: 1\n", "format: 1 # first\r\n").replace("\n", "\r\n").replace("\r\r", "\r")
    path = tmp_path / "compliance.yaml"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    result = answer(tmp_path, "model.is_on_market.eu=no", "addressee.is_natural_person=no")
    assert result.exit_code == 0, result.stderr
    after = path.read_bytes().decode()
    assert added(text, after) == ["  is_natural_person: false", "  is_on_market.eu: false"]
    assert after.count("\n") == after.count("\r\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert known(tmp_path, law, "model:pythia-12b", "model.is_on_market.eu") is False


@pytest.mark.parametrize(
    ("text", "given", "words"),
    [
        ("format: 1\n", "model.is_neww=yes", "did you mean `model.is_new`?"),
        ("format: 1\n", "model.is_new=maybe", "write yes or no"),
        ("format: 1\n", "model.market_date=2026-01-01", "asked for each region"),
        ("format: 1\n", "addressee.is_natural_person=no", "organisation.name="),
        ("format: 1\n", "model.is_substantially_modified=no", "who made it"),
        ("format: 1\n", "incident.discovered_at=2026-01-01", "the dossier has no incident"),
        ("model: {name: m, is_new: true}\n", "model.is_new=no", "compliance.yaml:1:18"),
        ("models: [{name: a}, {name: b}]\n", "model.is_new=no", "model.is_new@model:a or model.is_new@model:b"),
        ("[1, 2]\n", "model.is_new=no", "a mapping was expected"),
        ("model: [\n", "model.is_new=no", "compliance.yaml:"),
    ],
)
def test_a_refused_answer_leaves_the_file(tmp_path: Path, text: str, given: str, words: str) -> None:
    path = tmp_path / "compliance.yaml"
    path.write_text(text, "utf-8")
    result = answer(tmp_path, given)
    assert result.exit_code == 2
    assert words in result.stderr
    assert path.read_text("utf-8") == text


def test_an_answer_against_a_document_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# M\n", "utf-8")
    result = answer(tmp_path, "model.licence.name=apache-2.0")
    assert result.exit_code == 2
    assert "README.md:2" in result.stderr
    assert not (tmp_path / "compliance.yaml").exists()


def test_a_judgement_is_written_with_who_stands_for_it(tmp_path: Path, law: Law) -> None:
    more = ("--by", "review board", "--on", "2026-10-01", "--standard", "protocol 3")
    assert answer(tmp_path, "model.is_substantially_modified=no", more=more).exit_code == 0
    fact = learn_dossier(tmp_path, law.catalogue, DAY).facts.facts[f"model:{tmp_path.name}"]["model.is_substantially_modified"]
    assert (fact.value, fact.how) == (False, "judged")
    assert "review board on 2026-10-01, standard protocol 3" in fact.note


def test_sizes_of_a_family_stay_apart(tmp_path: Path, law: Law) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Family\n", "utf-8")
    (tmp_path / "model_cards").mkdir()
    for size in ("1b", "7b"):
        (tmp_path / "model_cards" / f"fam-{size}.md").write_text(f"# fam-{size}\n", "utf-8")
    assert answer(tmp_path, "model.is_new@fam-7b=no").exit_code == 0
    subjects = {s.subject.name for s in assess_dossier(tmp_path, law, DAY).situations if s.subject.kind == "model"}
    assert subjects == {"model:fam-1b", "model:fam-7b"}
    assert known(tmp_path, law, "model:fam-7b", "model.is_new") is False
    assert known(tmp_path, law, "model:fam-1b", "model.is_new") is UNKNOWN


def test_roles_kept_by_law_get_the_laws_that_ask(tmp_path: Path, law: Law) -> None:
    text = "organisation:\n  name: A\n  roles: {eu/ai-act: [provider]}\nmodel: {name: m}\nsystem: {name: s}\n"
    (tmp_path / "compliance.yaml").write_text(text, "utf-8")
    result = answer(tmp_path, "addressee.roles@s=deployer")
    assert result.exit_code == 0, result.stderr
    facts = learn_dossier(tmp_path, law.catalogue, DAY).facts
    assert str(facts.pairs["organisation:A", "system:s"]["addressee.roles@kr/ai-basic-act"].value) == "deployer"
    assert "addressee.roles@eu/ai-act" not in facts.pairs["organisation:A", "system:s"]
    assert str(facts.facts["organisation:A"]["addressee.roles@eu/ai-act"].value) == "provider"


def test_a_conversation(tmp_path: Path, law: Law, monkeypatch: pytest.MonkeyPatch, small: list[str]) -> None:
    typed = iter(["whenever", "2026-02-16", "yes", "Jo", "2026-10-01", "", ""])
    monkeypatch.setattr("builtins.input", lambda _="": next(typed))
    monkeypatch.setattr("compliance.cli.ask._is_conversation", lambda: True)
    result = call("ask", str(tmp_path), *AT, "--limit", "3", *small)
    assert result.exit_code == 0, result.stderr
    assert "`whenever` is neither" in result.stdout
    facts = learn_dossier(tmp_path, law.catalogue, DAY).facts.facts[f"model:{tmp_path.name}"]
    assert json.dumps({k: str(f.value) for k, f in facts.items()}).count("2026-02-16") == 1
    assert [f.how for f in facts.values()].count("judged") == 1
