"""What an export says of itself: which values, what the format has no room for, what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from labeler.app.words import number, status_word
from labeler.exchange.selection import Source
from labeler.model.problems import Problem
from labeler.store.rows import STATUSES

__all__ = ["dropped_problems", "dropped_word", "loses_word", "source_of"]


def dropped_word(reason: str) -> str:
    """Why something was left out, in words; a format's own reason stays as it is."""
    tr = QCoreApplication.translate
    words = {
        "conflict": tr("Dropped", "in conflict, to be settled first"),
        "content_invalid": tr("Dropped", "its content cannot be read"),
        "value_invalid": tr("Dropped", "its value cannot be read"),
        "regions": tr("Dropped", "regions: the format has no room for them"),
        "predictions": tr("Dropped", "predictions: the format has no room for them"),
        "gold": tr("Dropped", "gold: the format has no room for it"),
        "attributes": tr("Dropped", "attributes: the format has no room for them"),
        "relation": tr("Dropped", "relations: the format has no room for them"),
        "region_type": tr("Dropped", "regions of another panel"),
        "content_missing": tr("Dropped", "its content is not here"),
        "polygon": tr("Dropped", "polygons: the format has no room for them"),
        "mask": tr("Dropped", "masks: the format has no room for them"),
        "keypoints": tr("Dropped", "points: the format has no room for them"),
        "rotated": tr("Dropped", "rotated boxes: the format has no room for them"),
        "polygon_as_box": tr("Dropped", "polygons, of which the bounding box was written"),
        "mask_as_box": tr("Dropped", "masks, of which the bounding box was written"),
        "keypoints_as_box": tr("Dropped", "points, of which the bounding box was written"),
        "rotated_as_box": tr("Dropped", "rotated boxes, of which the upright one was written"),
        "polygon_part": tr("Dropped", "further parts and holes of polygons"),
        "hole_as_mask": tr("Dropped", "polygons with a hole, written as masks"),
        "hole": tr("Dropped", "holes of polygons, the image’s size being unknown"),
        "mask_clipped": tr("Dropped", "masks that were cut at the image’s edge"),
        "clipped": tr("Dropped", "regions that were cut at the image’s edge"),
        "region_outside": tr("Dropped", "regions outside the image"),
        "rounded": tr("Dropped", "boxes that were rounded to whole pixels"),
        "label_missing": tr("Dropped", "regions without a label"),
        "answers": tr("Dropped", "answers: the format has no room for them"),
        "key_double": tr("Dropped", "another task has the same name in the files"),
        "size_unknown": tr("Dropped", "the size of the image is not known"),
        "image_missing": tr(
            "Dropped", "the image is not within reach, its annotations were written"
        ),
        "exif_turned": tr(
            "Dropped", "written as displayed; who ignores EXIF sees the image turned"
        ),
        "unlabelled": tr("Dropped", "nobody has labelled it"),
        "no_answer": tr("Dropped", "the question has no answer"),
        "tie_good": tr("Dropped", "a tie: both good"),
        "tie_bad": tr("Dropped", "a tie: both bad"),
        "cannot_judge": tr("Dropped", "could not be judged"),
        "about_the_same": tr("Dropped", "about the same: no preference"),
        "not_two": tr("Dropped", "a preference where there are not two responses"),
        "tied_ranks": tr("Dropped", "pairs that share a rank"),
        "unranked": tr("Dropped", "pairs with a response that was not ranked"),
        "equal_texts": tr("Dropped", "pairs of equal texts"),
        "message_fields": tr("Dropped", "fields of messages besides role and content"),
    }
    if reason in STATUSES:
        return tr("Dropped", "not submitted: {status}").format(status=status_word(reason))
    return words.get(reason, reason)


def source_of(word: str) -> Source:
    """The source of this id; raises KeyError."""
    known: dict[str, Source] = {
        "submitted": "submitted",
        "accepted": "accepted",
        "consensus": "consensus",
        "gold": "gold",
        "predictions": "predictions",
        "all": "all",
    }
    return known[word]


def loses_word(what: str) -> str:
    """What a format has no room for, in words; a format's own word stays as it is."""
    tr = QCoreApplication.translate
    words = {
        "regions": tr("Loses", "regions"),
        "answers": tr("Loses", "answers"),
        "attributes": tr("Loses", "attributes of regions"),
        "relation": tr("Loses", "relations"),
        "polygon": tr("Loses", "polygons"),
        "mask": tr("Loses", "masks"),
        "keypoints": tr("Loses", "points"),
        "region.score": tr("Loses", "scores of regions"),
        "region.id": tr("Loses", "ids of regions"),
        "content.image": tr("Loses", "where the image lies"),
        "content.width": tr("Loses", "the image’s width"),
        "content.height": tr("Loses", "the image’s height"),
        "content.orientation": tr("Loses", "how the camera was held"),
        "content.audio": tr("Loses", "where the recording lies"),
        "content.duration": tr("Loses", "how long the recording is"),
        "content.rate": tr("Loses", "its sampling rate"),
        "region.on": tr("Loses", "which part regions are on"),
        "region.label": tr("Loses", "labels of regions"),
        "region.origin": tr("Loses", "which model proposed a region"),
        "segment.words": tr("Loses", "times of single words"),
        "point": tr("Loses", "points in time"),
        "microseconds": tr("Loses", "what is finer than a millisecond"),
        "extra": tr("Loses", "fields of other programs"),
        "keys": tr("Loses", "keys of tasks"),
        "meta": tr("Loses", "metadata"),
        "predictions": tr("Loses", "predictions"),
        "gold": tr("Loses", "gold"),
        "authors": tr("Loses", "who did it"),
        "status": tr("Loses", "the status"),
        "context": tr("Loses", "the context of the work"),
        "empty": tr("Loses", "tasks with nothing on them"),
    }
    return words.get(what, what)


def dropped_problems(dropped: Mapping[str, int]) -> tuple[Problem, ...]:
    """What was left out as rows: how many, why."""
    return tuple(
        Problem("dropped", number(count), {}, dropped_word(reason))
        for reason, count in sorted(dropped.items(), key=lambda one: -one[1])
    )
