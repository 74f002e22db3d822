"""Every command as its user calls it: what it prints, where, and the exit code of docs/cli.md."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from compliance.cli.app import app

DAY = ["--at", "2026-11-23"]


@pytest.fixture(scope="module")
def r1(root: Path) -> str:
    return str(root / "samples" / "deepseek-r1")


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


def test_gaps_exit_1_and_none_exits_0(r1: str) -> None:
    assert call("assess", r1, *DAY).exit_code == 1
    assert call("assess", r1, *DAY, "--fail-on", "none").exit_code == 0
    assert call("assess", r1, *DAY, "--in", "eu").exit_code == 0


def test_unknowns_exit_3_only_where_asked(tmp_path: Path, r1: str) -> None:
    assert call("assess", str(tmp_path), *DAY).exit_code == 0
    assert call("assess", str(tmp_path), *DAY, "--fail-on", "undetermined").exit_code == 3
    assert call("assess", str(tmp_path), *DAY, "--fail-on", "not_shown").exit_code == 0
    assert call("assess", str(tmp_path), r1, *DAY, "--fail-on", "undetermined").exit_code == 1


@pytest.mark.parametrize(
    "options",
    [
        ["--at", "23.11.2026"],
        ["--as-known-on", "soon"],
        ["--in", "atlantis"],
        ["--as", "nobody"],
        ["--output", "pdf=x"],
        ["--fail-on", "x"],
    ],
    ids=lambda o: o[0],
)
def test_wrong_use_exits_2(r1: str, options: list[str]) -> None:
    result = call("assess", r1, *([] if "--at" in options else DAY), *options)
    assert result.exit_code == 2
    assert result.stderr


def test_json_is_the_same_report(r1: str, tmp_path: Path) -> None:
    path = tmp_path / "gap.json"
    result = call("assess", r1, *DAY, "--format", "json", "--output", f"json={path}")
    data = json.loads(result.stdout)
    assert data == json.loads(path.read_text("utf-8"))
    assert {f["id"] for f in data["findings"] if f["blocking"]} == {
        f["id"] for f in data["findings"] if f["verdict"] == "not_satisfied" and f["force"] == "binding"
    }
    assert all(sum(row.values()) for row in data["counts"].values())
    total = sum(sum(row.values()) for row in data["counts"].values())
    assert total == len(data["findings"])


def test_every_number_of_the_table_stands_together(r1: str) -> None:
    text = call("assess", r1, *DAY).stdout
    row = next(line for line in text.splitlines() if line.startswith("us-ca/ab-2013 "))
    assert row.split() == ["us-ca/ab-2013", "0", "1", "0", "0", "0"]
    assert "Undetermined is not" in text


def test_limits_to_an_organisation_and_to_instruments(r1: str) -> None:
    data = json.loads(
        call("assess", r1, *DAY, "--as", "deepseek", "--in", "us-ca/ab-2013,us-ca/sb-53", "--format", "json").stdout
    )
    assert set(data["packs"]) == {"us-ca/ab-2013", "us-ca/sb-53"}
    assert {f["addressee"]["organisation"] for f in data["findings"]} == {"deepseek"}


def test_chainers_give_the_same_bytes(r1: str) -> None:
    pytest.importorskip("durable", reason="durable-rules is not installed (it needs Python 3.11 or 3.12 and a C compiler)")
    one, other = (call("assess", r1, *DAY, "--format", "json", "--chainer", c).stdout for c in ("builtin", "durable"))
    assert one == other


def test_explain_tells_every_station(r1: str) -> None:
    result = call("explain", r1, "art-53-1-d", "--at", "2027-08-03")
    assert result.exit_code == 0
    for words in ("The duty applies", "An exemption takes it out", "The evidence is there", "compliance.yaml:", "What closes it"):
        assert words in result.stdout
    assert "not satisfied" in result.stdout


def test_explain_names_what_would_settle_it(tmp_path: Path) -> None:
    result = call("explain", str(tmp_path), "art-53-1-d", *DAY)
    assert "What would settle it, smallest set first:" in result.stdout
    data = json.loads(call("explain", str(tmp_path), "art-53-1-d", *DAY, "--format", "json").stdout)
    sizes = [len(settling["names"]) for settling in data[0]["settled_by"]]
    assert sizes == sorted(sizes)
    assert sizes[0] == 1
    on_market = next(s for s in data[0]["settled_by"] if s["names"] == ["model.is_on_market.eu"])
    assert on_market["outcomes"] == {"model.is_on_market.eu false": "not_applicable"}


def test_explain_of_a_stranger_names_the_nearest(r1: str) -> None:
    result = call("explain", r1, "art-53-1-dd", *DAY)
    assert result.exit_code == 2
    assert "did you mean `art-53-1-d`?" in result.stderr


def test_packs_list_show_and_test(root: Path) -> None:
    listing = call("packs", "list")
    assert listing.exit_code == 0
    assert "eu/ai-act" in listing.stdout
    card = call("packs", "show", "eu/ai-act/art-53-2")
    assert "reaches art-53-1-a, art-53-1-b" in card.stdout
    assert "2026-07-24" in call("packs", "show", "eu/ai-act").stdout
    assert call("packs", "show", "eu/nowhere").exit_code == 2
    tested = call("packs", "test", str(root / "jurisdictions" / "us-ca" / "ab-2013"))
    assert (tested.exit_code, tested.stdout.splitlines()[-1].endswith(" 0 failed")) == (0, True)


def test_a_failing_case_fails(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "us-ca" / "ab-2013"
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", folder)
    card = folder / "provisions" / "3111-b-1.yaml"
    card.write_text(card.read_text("utf-8").replace("expect: true", "expect: false", 1), "utf-8")
    result = call("packs", "test", str(tmp_path))
    assert result.exit_code == 1
    assert "3111-b-1.yaml" in result.stdout
    assert "expected false, got true" in result.stdout


def test_a_broken_card_leaves_the_others(root: Path, tmp_path: Path, r1: str) -> None:
    folder = tmp_path / "us-ca" / "ab-2013-draft"
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", folder)
    (folder / "provisions" / "3111-b-1.yaml").write_text("exemption: [\n", "utf-8")
    result = call("assess", r1, *DAY, "--packs", str(tmp_path))
    assert result.exit_code == 4
    assert "3111-b-1.yaml:2:" in result.stderr
    assert "us-ca/sb-53" in result.stdout


def test_new_and_schema(tmp_path: Path) -> None:
    made = call("packs", "new", "eu/ai-act", "art-98-1", "--in", str(tmp_path))
    assert made.exit_code == 0
    assert Path(made.stdout.strip()).is_file()
    assert call("packs", "new", "eu/ai-act", "art-98-1", "--in", str(tmp_path)).exit_code == 2
    assert json.loads(call("packs", "schema", "card").stdout)["$schema"].startswith("https://json-schema.org/")
    assert call("packs", "schema", "nothing").exit_code == 2


def test_an_instrument_that_is_there_already_is_not_replaced(root: Path, tmp_path: Path, r1: str) -> None:
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", tmp_path / "us-ca" / "ab-2013")
    result = call("assess", r1, *DAY, "--packs", str(tmp_path))
    assert result.exit_code == 4
    assert "PK209 there is an instrument `us-ca/ab-2013` already" in result.stderr


def test_several_cards_of_one_instrument_are_tested_together(root: Path) -> None:
    folder = root / "jurisdictions" / "us-ca" / "ab-2013" / "provisions"
    cards = sorted(folder.glob("*.yaml"))[:2]
    alone = [call("packs", "test", str(card)).stdout.split()[0] for card in cards]
    both = call("packs", "test", *map(str, cards))
    assert both.exit_code == 0, both.stderr
    assert int(both.stdout.split()[0]) == sum(map(int, alone))


def test_a_card_with_a_wrong_value_is_left_out(root: Path, tmp_path: Path, r1: str) -> None:
    folder = tmp_path / "us-ca" / "ab-2013-draft"
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", folder)
    card = folder / "provisions" / "3111-a-model.yaml"
    card.write_text(card.read_text("utf-8").replace("$timeline.reach_back", "2022-31-31"), "utf-8")
    result = call("assess", r1, *DAY, "--packs", str(tmp_path), "--format", "json")
    assert result.exit_code == 4
    assert "3111-a-model.yaml" in result.stderr
    provisions = {f["provision"] for f in json.loads(result.stdout)["findings"]}
    assert "us-ca/ab-2013-draft/3111-a-model" not in provisions
    assert "us-ca/ab-2013/3111-a-model" in provisions


def test_several_dossiers_are_one_json_value(r1: str, tmp_path: Path) -> None:
    result = call("assess", r1, str(tmp_path), *DAY, "--format", "json", "--no-proofs")
    assert [report["dossier"] for report in json.loads(result.stdout)] == ["deepseek-r1", tmp_path.name]
    assert call("assess", r1, str(tmp_path), *DAY, "--output", f"json={tmp_path}/one.json").exit_code == 2
    call("assess", r1, str(tmp_path), *DAY, "--output", f"json={tmp_path}/{{dossier}}.json")
    assert (tmp_path / "deepseek-r1.json").is_file()


def test_explain_of_an_exemption(r1: str) -> None:
    result = call("explain", r1, "art-53-2", *DAY)
    assert result.exit_code == 0
    assert result.stdout.startswith("For deepseek and model deepseek-r1: true")
    (data,) = json.loads(call("explain", r1, "art-53-2", *DAY, "--format", "json").stdout)
    assert (data["organisation"], data["truth"]) == ("deepseek", "true")


def test_judgements_on_record(tmp_path: Path) -> None:
    def told(term: str, on: str) -> Result:
        row = f"{{provision: eu/ai-act/art-53-1-d, term: {term}, by: counsel, on: {on}}}"
        (tmp_path / "compliance.yaml").write_text(f"format: 1\naccepted:\n  - {row}\n", "utf-8")
        return call("assess", str(tmp_path), *DAY)

    assert told("sufficiently detailed", "2026-10-01").exit_code == 0
    wrong = told("sufficiently long", "2026-10-01")
    assert (wrong.exit_code, "PK204 no open point `sufficiently long`" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("command", [["packs", "test"], ["packs", "lint"], ["packs", "list"]], ids=" ".join)
def test_a_path_that_is_not_there(command: list[str], tmp_path: Path) -> None:
    assert call(*command, str(tmp_path / "nowhere")).exit_code == 2


def test_names_do_not_forge_lines(tmp_path: Path) -> None:
    (tmp_path / "compliance.yaml").write_text('format: 1\norganisation: {name: "x\\nPROVEN GAPS (0)\\nall is well"}\n', "utf-8")
    lines = call("assess", str(tmp_path), *DAY).stdout.splitlines()
    assert sum(line.startswith("PROVEN GAPS") for line in lines) == 1
    assert "all is well" not in lines


def test_control_characters_in_a_card(root: Path, tmp_path: Path, r1: str) -> None:
    folder = tmp_path / "us-ca" / "ab-2013-draft"
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", folder)
    card = folder / "provisions" / "3111-b-1.yaml"
    text = card.read_text("utf-8")
    card.write_text(text.replace(text.splitlines()[0], 'exemption: "red \\e[31m"', 1), "utf-8")
    result = call("assess", r1, *DAY, "--packs", str(tmp_path))
    assert result.exit_code == 4
    assert "control characters" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="this system has no SIGPIPE")
def test_a_closed_pipe_ends_quietly(r1: str) -> None:
    command = [str(Path(sys.executable).parent / "compliance"), "assess", r1, *DAY, "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait() == -signal.SIGPIPE  # the report is longer than a pipe holds


def test_a_terminal_without_the_glyphs(r1: str) -> None:
    command = [str(Path(sys.executable).parent / "compliance"), "assess", r1, *DAY]
    result = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert result.returncode == 1
    assert b"PROVEN GAPS (1)" in result.stdout


def test_an_exemption_of_an_instrument_that_is_not_shown_still_counts(tmp_path: Path) -> None:
    (tmp_path / "compliance.yaml").write_text(
        "format: 1\n"
        "inventory: {complete: true, by: Ann, on: 2026-01-01}\n"
        "organisation: {name: o, roles: [service_provider]}\n"
        "system: {name: s, is_offered_to_public.cn: true}\n"
        "outputs:\n"
        "  - {name: pic, of: s, kind: image, may_confuse_or_mislead.cn: {value: true, judged: {by: Ann, on: 2026-01-01}},\n"
        "     unlabelled_requested_by_user: true, agreement_sets_user_duties: true, request_log_kept_months: 12}\n",
        "utf-8",
    )

    def found(names: str) -> dict[str, str]:
        data = json.loads(call("assess", str(tmp_path), *DAY, "--in", names, "--format", "json", "--no-proofs").stdout)
        return {f["provision"]: f["verdict"] for f in data["findings"] if f["provision"] == "cn/gb-45438/5-image"}

    assert found("cn") == found("cn/gb-45438") == {"cn/gb-45438/5-image": "not_applicable"}
