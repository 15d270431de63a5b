"""The boxes panel: rectangles, polygons, masks and points on still images."""
