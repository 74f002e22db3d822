"""The interview: what to ask next, answers typed by the catalogue, and compliance.yaml written without touching its comments."""

from .answers import Judge, form_of, read_answer, read_judge
from .blank import blank_manifest
from .conversation import converse, take_answers
from .questions import Asked, next_questions, question_on
from .record import name_organisation, record_answer

__all__ = [
    "Asked", "Judge", "blank_manifest", "converse", "form_of", "name_organisation", "next_questions", "question_on",
    "read_answer", "read_judge", "record_answer", "take_answers",
]  # fmt: skip
