"""Whether durable-rules can be imported here, and the mark of tests that need it."""

from __future__ import annotations

import pytest

from compliance.facts.chainers import choose_chainer
from compliance.reading import InputError

try:
    choose_chainer("durable")
except InputError as missing:
    WHY = missing.problem.message
else:
    WHY = ""
needs_durable = pytest.mark.skipif(bool(WHY), reason=WHY or "durable_rules is there")
