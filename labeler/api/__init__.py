"""Public door 1: everything a plugin may use without Qt.

A plugin imports from here and, for its editor, from ``labeler.kit``; nothing else of the house is
promised to stay. ``API_VERSION`` grows its minor with each addition and its major with each break.
"""

from labeler.api.formats import (
    AnnotationIn,
    AnnotationOut,
    ExportFormat,
    Format,
    ImportFormat,
    LabelsIn,
    MediumIn,
    ReadOptions,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.api.images import IMAGE_EXTENSIONS, ImageHead, image_head
from labeler.api.media import MediaHead, Probe
from labeler.api.panel import PanelTask
from labeler.model.codec import Codec
from labeler.model.content import Content, MediaRef, Part
from labeler.model.ids import fresh_region_id
from labeler.model.json import EMPTY, Json, equal_json, freeze, thaw
from labeler.model.problems import OUT_OF_REACH, Problem, Refusal, nearest
from labeler.model.questions import Choice, Question, graphemes
from labeler.model.queue import Label, Policy, QueueConfig
from labeler.model.regions import (
    Aspect,
    Box,
    Claim,
    Keyframe,
    Keypoint,
    Keypoints,
    Lines,
    Mask,
    Opaque,
    Point,
    Polygon,
    Region,
    Relation,
    Segment,
    Source,
    Span,
    Track,
    Word,
)
from labeler.model.value import Context, Value, changed_range

__all__ = [
    "API_VERSION",
    "EMPTY",
    "IMAGE_EXTENSIONS",
    "OUT_OF_REACH",
    "AnnotationIn",
    "AnnotationOut",
    "Aspect",
    "Box",
    "Choice",
    "Claim",
    "Codec",
    "Content",
    "Context",
    "ExportFormat",
    "Format",
    "ImageHead",
    "ImportFormat",
    "Json",
    "Keyframe",
    "Keypoint",
    "Keypoints",
    "Label",
    "LabelsIn",
    "Lines",
    "Mask",
    "MediaHead",
    "MediaRef",
    "MediumIn",
    "Opaque",
    "PanelTask",
    "Part",
    "Point",
    "Policy",
    "Polygon",
    "Probe",
    "Problem",
    "Question",
    "QueueConfig",
    "ReadOptions",
    "Refusal",
    "Region",
    "Relation",
    "Segment",
    "Source",
    "Span",
    "TaskIn",
    "TaskOut",
    "Track",
    "Value",
    "Word",
    "WriteOptions",
    "changed_range",
    "equal_json",
    "freeze",
    "fresh_region_id",
    "graphemes",
    "image_head",
    "nearest",
    "thaw",
]

API_VERSION = "0.1"
