"""The panel's file formats: image files, COCO, YOLO and Pascal VOC.

Coordinates in a project are pixels of the displayed image. What each format means by its numbers is
said once, in the module that reads it and the one that writes it.
"""

from labeler.panels.boxes.formats.coco import CocoFormat
from labeler.panels.boxes.formats.images import ImagesFormat
from labeler.panels.boxes.formats.voc import VocFormat
from labeler.panels.boxes.formats.yolo import YoloFormat

__all__ = ["CocoFormat", "ImagesFormat", "VocFormat", "YoloFormat"]
