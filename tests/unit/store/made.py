"""What the store's tests put into a project."""

from __future__ import annotations

import msgspec

from labeler.store.bulk import NewTask, content_fingerprint

CONFIG = b"""{
 "labels": [{"id": "cat", "name": "Cat"}, {"id": "dog", "name": "Dog"}],
 "questions": [{"id": "sentiment", "kind": "choice", "required": true,
   "choices": [{"id": "positive"}, {"id": "neutral"}, {"id": "negative"}]}],
 "guideline": "# 1 Read the text"
}"""


def text_task(key: str | None, text: str) -> NewTask:
    """A task with a text as its content."""
    content = msgspec.json.encode({"text": text})
    return NewTask(key, content, content_fingerprint(content))
