"""The question form, for all kinds of question and all scopes; a panel may use its controls alone."""

from labeler.kit.form.block import QuestionBlock, control_for
from labeler.kit.form.control import Compared, Control
from labeler.kit.form.form import QuestionForm, Scope
from labeler.kit.form.places import GivenAnswer, answer_at, value_with_answer

__all__ = [
    "Compared",
    "Control",
    "GivenAnswer",
    "QuestionBlock",
    "QuestionForm",
    "Scope",
    "answer_at",
    "control_for",
    "value_with_answer",
]
