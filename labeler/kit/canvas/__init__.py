"""The image surface: a picture with regions on it, quick with ten thousand of them."""

from labeler.kit.canvas.grid import held_inside
from labeler.kit.canvas.handles import pulled
from labeler.kit.canvas.loading import PictureLoader
from labeler.kit.canvas.looks import Look
from labeler.kit.canvas.minimap import Minimap
from labeler.kit.canvas.picture import Picture, make_picture
from labeler.kit.canvas.readout import Hint, Readout
from labeler.kit.canvas.shapes import Geometry, Shape, ShapeTable, bounds_of, corners_of
from labeler.kit.canvas.surface import CanvasSurface
from labeler.kit.canvas.viewport import MAX_ZOOM, MIN_ZOOM, View

__all__ = [
    "MAX_ZOOM",
    "MIN_ZOOM",
    "CanvasSurface",
    "Geometry",
    "Hint",
    "Look",
    "Minimap",
    "Picture",
    "PictureLoader",
    "Readout",
    "Shape",
    "ShapeTable",
    "View",
    "bounds_of",
    "corners_of",
    "held_inside",
    "make_picture",
    "pulled",
]
