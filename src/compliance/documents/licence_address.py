"""Addresses at which well-known licences stand, and the licence that each one means."""

from __future__ import annotations

import re

_END = r"(?:\.html|\.txt|\.json)?/?\Z"
_ADDRESSES = (
    (re.compile(r"(?:spdx\.org|choosealicense\.com)/licenses/([\w.+-]{1,60}?)" + _END, re.I), r"\1"),
    (re.compile(r"opensource\.org/licenses?/([\w.+-]{1,60}?)" + _END, re.I), r"\1"),
    (re.compile(r"apache\.org/licenses/LICENSE-2\.0" + _END, re.I), "Apache-2.0"),
    (
        re.compile(
            r"creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)(?:/deed(?:\.\w{2,5})?|/legalcode)?/?\Z", re.I
        ),
        r"CC-\1-\2",
    ),
    (re.compile(r"creativecommons\.org/publicdomain/zero/1\.0(?:/deed(?:\.\w{2,5})?|/legalcode)?/?\Z", re.I), "CC0-1.0"),
    (re.compile(r"opendatacommons\.org/licenses/by(?:/1[.-]0)?/?\Z", re.I), "ODC-By-1.0"),
    (re.compile(r"opendatacommons\.org/licenses/odbl(?:/1[.-]0)?/?\Z", re.I), "ODbL-1.0"),
    (re.compile(r"opendatacommons\.org/licenses/pddl(?:/1[.-]0)?/?\Z", re.I), "PDDL-1.0"),
)
_SCHEME = re.compile(r"https?://(?:www\.)?")


def is_address(name: str) -> bool:
    """Whether a text is an address."""
    return bool(_SCHEME.match(name)) and " " not in name


def licence_of_address(address: str) -> str:
    """The name of the licence that an address means, or empty where it is not known which."""
    start = _SCHEME.match(address)
    bare = address[start.end() :] if start and len(address) < 300 else ""
    found = next((match.expand(name) for pattern, name in _ADDRESSES if (match := pattern.match(bare))), "")
    return found.upper() if found.startswith("CC-") else found
