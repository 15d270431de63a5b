"""A panel of files: its content, and a format that reads a folder and writes the bytes of one."""

from __future__ import annotations

from labeler.api import Content, MediaRef, MediumIn, Part, TaskIn


class Picture(Content, frozen=True, kw_only=True):
    """One file."""

    image: MediaRef

    def parts(self):
        return (Part("image", "image", media=self.image),)


class AlbumTask:
    region_types = ()
    content_type = Picture

    def summary(self, content):
        return content.image.path

    def complete(self, content, value):
        return value

    def check(self, content, value, config):
        return ()

    def distance(self, content, one, other):
        return 1.0


class AlbumFormat:
    id = "album"
    holds_one = False

    def read(self, source, options):
        for file in sorted(source.rglob("*.pic")):
            path = file.relative_to(source).as_posix()
            ref = MediaRef(path=path, root=options.root, embedded=options.embed)
            content = Picture(image=ref)
            yield TaskIn(key=path, content=content, where=path, media=(MediumIn(ref, file),))

    def write(self, tasks, target, options):
        target.mkdir()
        for task in tasks:
            path = target / f"{task.order}.pic"
            with options.open_medium(task.content.image) as stream:
                path.write_bytes(stream.read())
            yield path
