"""What ships is permissive, LGPL or OFL, and has its notice and text: every breach is planted once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
INSIDE = "_internal"
RESOURCES = f"{INSIDE}/resources"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HOUSE / "packaging")
    import licence_check

    return licence_check


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HOUSE / "packaging")
    import native_parts

    return native_parts


def place(folder: Path, name: str, content: bytes = b"\x7fELF of somebody") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def metadata(folder: Path, name: str, licence: str, *more: str) -> None:
    lines = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    lines += [f"License-Expression: {licence}"] if licence else []
    text = "\n".join([*lines, *more, "", ""])
    place(folder, f"{name.replace('-', '_')}-1.0.dist-info/METADATA", text.encode())


def resources(folder: Path) -> None:
    """The notices and texts as they are in the house."""
    shutil.copytree(HOUSE / "resources" / "licences", folder / "licences")
    for name in ("fonts", "icons"):
        (folder / name).mkdir()
        for path in (HOUSE / "resources" / name).glob("*"):
            if path.suffix in {".txt", ".otf", ".ttf"}:
                shutil.copyfile(path, folder / name / path.name)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small bundle that may ship, with a part of each kind."""
    folder = tmp_path / "made"
    resources(folder / RESOURCES)
    for name in (
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libQt6Multimedia.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6FFmpegStub-ssl.so.3",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/QtMultimedia.abi3.so",
        "numpy.libs/libgfortran-040039e1.so.5.0.0",
        "_soundfile_data/libsndfile_x86_64.so",
    ):
        place(folder / INSIDE, name)
    lgpl = (
        b"\x7fELF --enable-shared --enable-openssl\0libavcodec license: LGPL version 2.1 or later"
    )
    place(folder / INSIDE, "PySide6/Qt/lib/libavcodec.so.61", lgpl)
    place(folder / INSIDE, "opencv_python_headless.libs/libavcodec-c4204469.so.62.28", lgpl)
    metadata(folder / INSIDE, "labeler", "Apache-2.0")
    metadata(folder / INSIDE, "msgspec", "BSD-3-Clause")
    return folder


def wheres(check: ModuleType, bundle: Path) -> list[str]:
    return [breach.where for breach in check.bundle_breaches(bundle)]


def test_a_sound_bundle_with_sound_and_video_may_ship(check: ModuleType, bundle: Path) -> None:
    assert check.bundle_breaches(bundle) == []


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/lib/libQt6VirtualKeyboardSettings.so.6",
        "PySide6/Qt6VirtualKeyboard.dll",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll",
        "PySide6/Qt/qml/QtQuick/VirtualKeyboard/qmldir",
        "PySide6/Qt/lib/libQt6Charts.so.6",
        "PySide6/QtCharts.abi3.so",
        "PySide6/QtDataVisualization.pyd",
        "PySide6/Qt/lib/libQt6Graphs.so.6",
        "PySide6/Qt/lib/libQt6HttpServer.so.6",
        "PySide6/Qt/lib/libQt6Quick3D.so.6",
        "PySide6/Qt/lib/libQt6NetworkAuth.so.6",
        "PySide6/Qt/lib/libQt6Lottie.so.6",
        "PySide6/Qt/lib/libQt6WaylandCompositor.so.6",
        "PySide6/Qt/lib/QtCharts.framework/Versions/A/QtCharts",
        # Not known to be under the LGPL: a person has to look first.
        "PySide6/Qt/lib/libQt6Novelty.so.6",
        "PySide6/Qt/lib/libx264.so.164",
        "av.libs/libx265-2dbc4e4d.so.215",
        "av/_core.abi3.so",
        "av-18.1.0.dist-info/RECORD",
        "cv2/.dylibs/libx264.165.dylib",
        "cv2/.dylibs/libpostproc.58.dylib",
        "libxvidcore.so.4",
        "libreadline.so.8",
        "libgdbm.so.6",
        "PyQt6/QtCore.abi3.so",
        "krippendorff/krippendorff.py",
    ],
)
def test_what_is_under_the_gpl_alone_is_refused(check: ModuleType, bundle: Path, name: str) -> None:
    place(bundle / INSIDE, name)
    assert name in wheres(check, bundle)


@pytest.mark.parametrize(
    "said",
    [
        b"--enable-gpl --enable-libx264",
        b"libavcodec license: GPL version 2 or later",
        b"--enable-nonfree",
        b"libavutil license: nonfree and unredistributable",
    ],
)
def test_an_ffmpeg_configured_under_the_gpl_is_refused(
    check: ModuleType, bundle: Path, said: bytes
) -> None:
    # Where the wheel of OpenCV for macOS on arm64 has it.
    name = "cv2/.dylibs/libavcodec.62.28.101.dylib"
    place(bundle / INSIDE, name, b"\xcf\xfa\xed\xfe prefix\0" + said + b"\0more")
    assert wheres(check, bundle) == [name]


def test_a_configuration_is_found_in_a_library_of_any_name(check: ModuleType, bundle: Path) -> None:
    name = "cv2/opencv_videoio_ffmpeg500_64"
    place(bundle / INSIDE, name, b"MZ\x90 built with --enable-gpl ")
    assert wheres(check, bundle) == [name]


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "GPL-2.0-or-later", "AGPL-3.0-only", "MIT AND GPL-2.0-only", "SSPL-1.0", ""],
)
def test_a_distribution_under_no_allowed_licence_is_refused(
    check: ModuleType, bundle: Path, licence: str
) -> None:
    shutil.rmtree(bundle / INSIDE / "msgspec-1.0.dist-info")
    metadata(bundle / INSIDE, "msgspec", licence)
    assert wheres(check, bundle) == ["msgspec"]


def test_of_several_licences_one_that_is_allowed_is_enough(check: ModuleType) -> None:
    offered = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    assert check.licence_breach(offered) == ""
    assert check.licence_breach("GPL-3.0-or-later WITH GCC-exception-3.1") == ""
    assert check.licence_breach("GPL-2.0-only OR GPL-3.0-only") != ""


def test_a_distribution_without_a_notice_is_refused(check: ModuleType, bundle: Path) -> None:
    metadata(bundle / INSIDE, "stranger", "MIT")
    assert wheres(check, bundle) == ["stranger"]


def test_what_only_installs_a_checkout_is_in_no_bundle(check: ModuleType, bundle: Path) -> None:
    metadata(bundle / INSIDE, "pathspec", "MPL-2.0")
    assert wheres(check, bundle) == ["pathspec"]


@pytest.mark.parametrize(
    "text",
    ["licences/LGPL-3.0.txt", "licences/FFmpeg.txt", "licences/numpy.txt", "fonts/Inter-OFL.txt"],
)
@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_licence_text_that_is_missing_is_seen(
    check: ModuleType, bundle: Path, text: str, how: str
) -> None:
    path = bundle / RESOURCES / text
    if how == "gone":
        path.unlink()
    else:
        path.write_text("\n")
    assert any(text.rpartition("/")[2] in breach.why for breach in check.bundle_breaches(bundle))


def test_a_notice_under_the_gpl_or_without_a_text_is_refused(
    check: ModuleType, bundle: Path
) -> None:
    path = bundle / RESOURCES / "licences" / "notices.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    numpy = next(row for row in rows if row["name"] == "numpy")
    numpy["licence"] = "GPL-3.0-only"
    click = next(row for row in rows if row["name"] == "click")
    click["texts"] = []
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert wheres(check, bundle) == ["click", "numpy"]


def test_a_bundle_without_notices_is_refused(check: ModuleType, bundle: Path) -> None:
    (bundle / RESOURCES / "licences" / "notices.json").unlink()
    assert wheres(check, bundle) == ["licences/notices.json"]


def test_a_font_without_its_licence_is_refused(check: ModuleType, bundle: Path) -> None:
    place(bundle / RESOURCES, "fonts/Somebody-Regular.otf", b"OTTO")
    assert wheres(check, bundle) == ["fonts/Somebody-Regular.otf"]


def test_a_library_of_nobody_is_refused(check: ModuleType, bundle: Path) -> None:
    place(bundle / INSIDE, "libstranger.so.1")
    assert wheres(check, bundle) == ["libstranger.so.1"]


def test_a_library_whose_part_has_no_notice_is_refused(check: ModuleType, bundle: Path) -> None:
    path = bundle / RESOURCES / "licences" / "notices.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([row for row in rows if row["name"] != "libsndfile"]))
    assert wheres(check, bundle) == ["_soundfile_data/libsndfile_x86_64.so"]


def test_the_systems_libraries_come_with_their_texts(
    check: ModuleType, parts: ModuleType, bundle: Path, tmp_path: Path
) -> None:
    inside = bundle / INSIDE
    binaries = [
        (name, str(place(inside, name)), "BINARY") for name in ("libssl.so.3", "libcrypto.so.3")
    ]
    binaries.append(("libfreetype.so.6", str(place(inside, "libfreetype.so.6")), "BINARY"))
    assert wheres(check, bundle) == ["libcrypto.so.3", "libfreetype.so.6", "libssl.so.3"]

    texts = {"ssl": "The licence of OpenSSL", "cry": "The licence of OpenSSL", "fre": "FTL"}
    made = parts.system_notices(
        binaries, tmp_path / "notices", lambda source: ("3.0", texts[Path(source).name[3:6]])
    )
    for target, source, _ in made:
        place(inside, target, Path(source).read_bytes())
    assert check.bundle_breaches(bundle) == []
    rows = json.loads((inside / "resources/licences/system.json").read_text(encoding="utf-8"))
    assert [(row["name"], row["licence"], len(row["texts"])) for row in rows] == [
        ("OpenSSL", "Apache-2.0", 1),
        ("FreeType", "FTL", 1),
    ]
    (inside / "resources" / rows[0]["texts"][0]).unlink()
    assert wheres(check, bundle) == ["OpenSSL"]


def test_a_library_of_the_system_that_no_package_owns_stops_the_build(
    parts: ModuleType, tmp_path: Path
) -> None:
    source = place(tmp_path, "libssl.so.3")
    with pytest.raises(parts.NoText, match="libssl"):
        parts.system_notices([("libssl.so.3", str(source), "BINARY")], tmp_path / "notices")


# ------------------------------------------------------------------------------------- the wheel


def wheel(tmp_path: Path, *asked: str) -> Path:
    folder = tmp_path / "wheel"
    resources(folder / "labeler" / "_resources")
    place(folder, "labeler/__init__.py", b"")
    metadata(folder, "labeler", "Apache-2.0", *(f"Requires-Dist: {one}" for one in asked))
    return folder


def packed(folder: Path) -> Path:
    path = folder.with_suffix(".whl")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    return path


def test_a_sound_wheel_may_ship(check: ModuleType, tmp_path: Path) -> None:
    folder = wheel(tmp_path, "numpy>=2.0", "PySide6-Addons<6.12,>=6.10")
    assert check.wheel_breaches(packed(folder)) == []


def test_a_wheel_that_asks_for_something_unknown_is_refused(
    check: ModuleType, tmp_path: Path
) -> None:
    folder = wheel(tmp_path, "krippendorff>=0.6", "click>=8.1")
    assert [breach.where for breach in check.wheel_breaches(packed(folder))] == ["krippendorff"]


def test_a_gpl_part_in_the_wheel_is_refused(check: ModuleType, tmp_path: Path) -> None:
    folder = wheel(tmp_path)
    place(folder, "labeler/media/libx264.so.164")
    (found,) = check.wheel_breaches(packed(folder))
    assert found.where == "labeler/media/libx264.so.164"


def test_the_check_ends_with_one_and_names_the_breach(tmp_path: Path) -> None:
    folder = wheel(tmp_path)
    place(folder, "labeler/libQt6VirtualKeyboard.so.6")
    words = [sys.executable, str(HOUSE / "packaging" / "licence_check.py"), "wheel"]
    done = subprocess.run(
        [*words, str(packed(folder))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "libQt6VirtualKeyboard" in done.stderr


# ------------------------------------------------------------------------------------ what is here


def test_the_notices_of_the_house_are_complete(check: ModuleType) -> None:
    assert list(check.notice_breaches(HOUSE / "resources")) == []


def test_the_environment_of_the_lock_is_under_allowed_licences(check: ModuleType) -> None:
    from importlib.metadata import distribution

    import notices

    names = notices.locked((HOUSE / "packaging" / "run.lock").read_text(encoding="utf-8"))
    found = [distribution(name) for name in names if name not in check.ONLY_INSTALLING]
    assert list(check.distribution_breaches(found, "labeler", HOUSE / "resources")) == []
    assert set(check.ONLY_INSTALLING) <= set(names), "take what is gone out of the table"


def test_no_media_library_in_the_environment_is_configured_under_the_gpl(
    check: ModuleType,
) -> None:
    from importlib.metadata import distribution

    libraries = [
        Path(str(file.locate()))
        for name in ("opencv-python-headless", "pyside6-addons", "soundfile")
        for file in distribution(name).files or ()
        if "avcodec" in file.name or "ffmpeg" in file.name.lower() or "sndfile" in file.name
    ]
    native = [path for path in libraries if path.suffix != ".py" and path.is_file()]
    assert native
    assert [path.name for path in native if check.content_breach(path.read_bytes())] == []
