"""The architecture by its name.

Accepted are the value of a label on the architecture, where it is one name (of a known family, or with a capital inside), and
a network by a name with `Net` or the like in a sentence on this model's training. Refused are kinds of architectures, such as
transformer, and descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found
from .others import family
from .passages import Passage
from .subject import Subject
from .words import rule_words

FACT = "model.architecture_name"
CUE = ("network", "architecture")
_NAME = re.compile(r"[A-Za-z][\w.+-]{2,40}(?: \d[\w.]{0,5})?\Z")
_INNER = re.compile(r"[a-z\d][A-Z]|For[A-Z]")
_NETWORK = re.compile(
    r"(?<![\w])(?:using|with|on|by|has|is|uses) (?:the |an? )?(?P<name>[A-Z][\w-]{0,30}?(?:Net|UNETR|Former"
    r"|former|ResNet|GAN)[\w-]{0,20})"
    r"(?: \[\d{1,2}\])? (?:network|architecture)(?![\w])"
)


def read_architecture(passage: Passage, subject: Subject) -> Iterator[Found]:
    """One name."""
    text = passage.text.text
    if passage.row or subject.gives_up(passage) or rule_words("architecture").refused.search(text):
        return
    if passage.label:
        name = text.strip(" .;*`")
        begun = family(name)
        if _NAME.match(name) and ((begun and begun.start() == 0) or _INNER.search(name)):
            yield Found(FACT, name, text.index(name))
        return
    if (network := _NETWORK.search(text)) and subject.would_tell(passage, network.start()):
        yield Found(FACT, network["name"], network.start("name"))
