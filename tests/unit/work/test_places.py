"""Where a file lies, by tables as Linux, macOS and Windows print them, and by one real mount.

The tables are made up after proc_pid_mountinfo(5), mount(8) of macOS and the documents of the clients.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.work.mounts import linux_mounts, macos_mounts, mount_of, windows_mount
from labeler.work.opening import approach, open_in_place
from labeler.work.places import judge, place_of
from labeler.work.synced import SyncedFolder, synced_folders
from labeler.work.working_copy import begin_copy, give_back

LINUX = r"""
1 1 0:2 / / rw - rootfs rootfs rw
27 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
22 27 0:21 / /proc rw,nosuid shared:5 - proc proc rw
31 27 0:30 / /tmp rw,nosuid,nodev shared:9 - tmpfs tmpfs rw,size=8G
40 27 0:41 / /mnt/team rw,relatime shared:20 - cifs //nas/team rw,vers=3.1.1,uid=1000,nobrl,soft
41 27 0:42 / /mnt/office rw,relatime - cifs //office/data rw,vers=3.1.1,cache=strict,forceuid
42 27 0:43 / /mnt/smb3 rw - smb3 //office/new rw,vers=3.1.1
43 27 0:44 / /mnt/old rw,relatime - nfs nas:/vol rw,vers=3,nolock,proto=tcp,local_lock=all
44 27 0:45 / /mnt/new rw,relatime - nfs4 nas:/vol rw,vers=4.2,hard,proto=tcp,local_lock=none
45 27 0:46 / /mnt/flock rw,relatime - nfs nas:/vol rw,vers=3,local_lock=flock
46 27 0:47 / /home/anna/far\040away rw,nosuid - fuse.sshfs anna@host:/data rw,user_id=1000,group_id=1000
47 27 8:17 / /media/anna/USB\040\134\040stick rw,nosuid shared:77 - fuseblk /dev/sdb1 rw,user_id=0
48 27 0:48 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs;path=C:\134,trans=fd,rfd=8,wfd=8
49 27 0:49 / /host rw,relatime - 9p share rw,access=client,trans=virtio
50 27 7:1 / /snap/core/1 ro,nodev,relatime shared:33 - squashfs /dev/loop1 ro
51 27 11:0 / /media/cd ro,nosuid - iso9660 /dev/sr0 ro
52 27 259:2 /srv/data /export/data rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
53 40 0:50 / /mnt/team/inner rw - tmpfs tmpfs rw
54 27 0:51 / /var/lib/box rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w
55 27 0:52 / /mnt/auto rw - autofs systemd-1 rw,fd=51
56 55 0:53 / /mnt/auto rw - nfs4 nas:/auto rw,vers=4.2,local_lock=none
57 27 0:54 / /mnt/hidden/below rw - cifs //nas/below rw,nobrl
58 27 259:3 / /mnt/hidden rw - xfs /dev/sda1 rw
59 27 0:55 / /srv/locked ro,relatime - nfs4 nas:/ro rw,vers=4.2
60 27 0:56 / /mnt/davs rw - fuse.rclone remote: rw,user_id=1000
61 27 0:57 / /home/anna/vault rw - fuse.gocryptfs /home/anna/.vault rw,user_id=1000
62 27 0:58 / /mnt/lustre rw - lustre mgs@tcp:/fs rw,flock,lazystatfs
63 27 0:59 / /mnt/lustre2 rw - lustre mgs@tcp:/fs rw,lazystatfs
this is no line of a table
64 27 0:60 / /mnt/cut
"""

WHERE_LINUX = {
    "/home/anna/p.labeler": ("local", "/", "ext4"),
    "/tmp/p.labeler": ("local", "/tmp", "tmpfs"),
    "/mnt/team/p.labeler": ("locks_off", "/mnt/team", "cifs"),
    "/mnt/team/inner/p.labeler": ("local", "/mnt/team/inner", "tmpfs"),
    "/mnt/teams/p.labeler": ("local", "/", "ext4"),
    "/mnt/office/a/b/p.labeler": ("network", "/mnt/office", "cifs"),
    "/mnt/smb3/p.labeler": ("network", "/mnt/smb3", "smb3"),
    "/mnt/old/p.labeler": ("locks_off", "/mnt/old", "nfs"),
    "/mnt/new/p.labeler": ("network", "/mnt/new", "nfs4"),
    "/mnt/flock/p.labeler": ("network", "/mnt/flock", "nfs"),
    "/home/anna/far away/p.labeler": ("locks_off", "/home/anna/far away", "fuse.sshfs"),
    "/media/anna/USB \\ stick/p.labeler": ("local", "/media/anna/USB \\ stick", "fuseblk"),
    "/mnt/c/Users/p.labeler": ("locks_off", "/mnt/c", "9p"),
    "/host/p.labeler": ("network", "/host", "9p"),
    "/snap/core/1/p.labeler": ("read_only", "/snap/core/1", "squashfs"),
    "/media/cd/p.labeler": ("read_only", "/media/cd", "iso9660"),
    "/export/data/p.labeler": ("local", "/export/data", "ext4"),
    "/var/lib/box/p.labeler": ("local", "/var/lib/box", "overlay"),
    "/mnt/auto/p.labeler": ("network", "/mnt/auto", "nfs4"),
    "/mnt/hidden/below/p.labeler": ("local", "/mnt/hidden", "xfs"),
    "/srv/locked/p.labeler": ("read_only", "/srv/locked", "nfs4"),
    "/mnt/davs/p.labeler": ("locks_off", "/mnt/davs", "fuse.rclone"),
    "/home/anna/vault/p.labeler": ("local", "/home/anna/vault", "fuse.gocryptfs"),
    "/mnt/lustre/p.labeler": ("network", "/mnt/lustre", "lustre"),
    "/mnt/lustre2/p.labeler": ("locks_off", "/mnt/lustre2", "lustre"),
}

MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//anna@nas._smb._tcp.local/team on /Volumes/team (smbfs, nodev, nosuid, mounted by anna)
nas:/vol on /Volumes/nfs on nas (nfs, nodev, nosuid, mounted by anna)
anna@host:/data on /Users/anna/far (macfuse, nodev, nosuid, synchronous, mounted by anna)
https://dav.example.org/ on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by anna)
/dev/disk5s1 on /Volumes/CD (x) (cd9660, local, nodev, nosuid, read-only, noowners)
/dev/disk6s2 on /Volumes/USB stick (exfat, local, nodev, nosuid, noowners)
"""

WHERE_MACOS = {
    "/Users/anna/p.labeler": ("local", "/System/Volumes/Data", "apfs"),
    "/usr/local/p.labeler": ("local", "/System/Volumes/Data", "apfs"),
    "/usr/share/p.labeler": ("read_only", "/", "apfs"),
    "/System/p.labeler": ("read_only", "/", "apfs"),
    "/System/Volumes/Data/Users/anna/p.labeler": ("local", "/System/Volumes/Data", "apfs"),
    "/Volumes/team/p.labeler": ("network", "/Volumes/team", "smbfs"),
    "/Volumes/nfs on nas/p.labeler": ("network", "/Volumes/nfs on nas", "nfs"),
    "/Users/anna/far/p.labeler": ("locks_off", "/Users/anna/far", "macfuse"),
    "/Volumes/dav/p.labeler": ("locks_off", "/Volumes/dav", "webdav"),
    "/Volumes/CD (x)/p.labeler": ("read_only", "/Volumes/CD (x)", "cd9660"),
    "/Volumes/USB stick/p.labeler": ("local", "/Volumes/USB stick", "exfat"),
}

DRIVES = {"C:\\": 3, "E:\\": 2, "Z:\\": 4, "D:\\": 5}
"""GetDriveTypeW: 2 removable, 3 fixed, 4 remote, 5 CD-ROM."""

WHERE_WINDOWS = {
    r"C:\Users\anna\p.labeler": "local",
    r"E:\p.labeler": "local",
    r"Z:\team\p.labeler": "network",
    r"D:\p.labeler": "read_only",
    r"\\nas\team\p.labeler": "network",
    r"\\?\UNC\nas\team\p.labeler": "network",
    r"\\?\C:\p.labeler": "local",
    r"\\wsl.localhost\Debian\home\p.labeler": "locks_off",
    r"\\wsl$\Debian\home\p.labeler": "locks_off",
    r"\\WSL.LOCALHOST\Debian\home\p.labeler": "locks_off",
    r"\\dav.example.org@SSL\DavWWWRoot\team\p.labeler": "locks_off",
    r"\\vboxsvr\share\p.labeler": "locks_off",
}


@pytest.mark.parametrize("path", WHERE_LINUX)
def test_a_path_lies_where_linux_says(path: str) -> None:
    place = judge(mount_of(PurePosixPath(path), linux_mounts(LINUX)), None)
    assert (place.kind, place.folder, place.system) == WHERE_LINUX[path]


@pytest.mark.parametrize("path", WHERE_MACOS)
def test_a_path_lies_where_macos_says(path: str) -> None:
    place = judge(mount_of(PurePosixPath(path), macos_mounts(MACOS)), None)
    assert (place.kind, place.folder, place.system) == WHERE_MACOS[path]


@pytest.mark.parametrize("path", WHERE_WINDOWS)
def test_a_path_lies_where_windows_says(path: str) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return DRIVES[root]

    place = judge(windows_mount(PureWindowsPath(path), drive_type), None)
    assert place.kind == WHERE_WINDOWS[path]
    # Asking about a share tells its name to whoever answers, and may take a minute.
    assert all(len(root) == 3 for root in asked)


def test_the_reason_names_the_option_that_turned_the_locks_off() -> None:
    mounts = linux_mounts(LINUX)
    told = {
        path: str(judge(mount_of(PurePosixPath(path), mounts), None).why)
        for path in ("/mnt/team/p", "/mnt/old/p", "/home/anna/far away/p")
    }
    assert "nobrl" in told["/mnt/team/p"]
    assert "local_lock=all" in told["/mnt/old/p"]
    assert told["/home/anna/far away/p"].startswith("/home/anna/far away: ")
    assert "fuse.sshfs" in told["/home/anna/far away/p"]


@pytest.mark.parametrize("path", ["/a/b", "/mnt/team/x"])
def test_a_table_without_parents_goes_by_the_longest_place(path: str) -> None:
    table = "\n".join(line for line in LINUX.splitlines() if " / / " not in line)
    place = judge(mount_of(PurePosixPath(path), linux_mounts(table)), None)
    assert place.kind == ("locks_off" if path.startswith("/mnt/team") else "local")


# ------------------------------------------------------------------------------------- synced folders


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_clients_own_notes_are_believed_on_linux(tmp_path: Path) -> None:
    home = tmp_path / "anna"
    config = home / ".config"
    put(
        home / ".dropbox" / "info.json",
        '{"personal": {"path": "/home/anna/Dropbox", "host": 7, "is_team": false},'
        ' "business": {"path": "/home/anna/Team", "root_path": "/home/anna/Whole team"}}',
    )
    put(
        config / "Nextcloud" / "nextcloud.cfg",
        "[General]\nclientVersion=3.4\n[Accounts]\nversion=2\n"
        "0\\Folders\\1\\localPath=/home/anna/Nextcloud/\n0\\Folders\\1\\paused=false\n"
        "0\\url=https://cloud.example.org\n",
    )
    put(config / "onedrive" / "config", '# sync_dir = "~/No"\nsync_dir = "~/One"\n')
    put(
        home / ".local" / "state" / "syncthing" / "config.xml",
        '<configuration><folder id="a" label="x" path="~/Sync &amp; more" type="sendreceive">'
        '</folder><folder id="b" path="/data/shared"></folder></configuration>',
    )
    found = {(one.client, str(one.folder)) for one in synced_folders(home, {}, "linux")}
    assert found == {
        ("Dropbox", "/home/anna/Dropbox"),
        ("Dropbox", "/home/anna/Team"),
        ("Dropbox", "/home/anna/Whole team"),
        ("Nextcloud", "/home/anna/Nextcloud"),
        ("OneDrive", str(home / "One")),
        ("Syncthing", str(home / "Sync & more")),
        ("Syncthing", "/data/shared"),
    }


def test_every_clients_own_notes_are_believed_on_windows(tmp_path: Path) -> None:
    """Folders are absolute by the rules of the machine the test runs on."""
    one, drop = tmp_path / "OneDrive - Acme", tmp_path / "Dropbox"
    put(
        tmp_path / "Local" / "Dropbox" / "info.json",
        f'{{"personal": {{"path": "{drop.as_posix()}"}}}}',
    )
    environ = {
        "LOCALAPPDATA": str(tmp_path / "Local"),
        "APPDATA": str(tmp_path / "Roaming"),
        "OneDriveCommercial": str(one),
        "OneDrive": str(one),
    }
    found = [(each.client, each.folder) for each in synced_folders(tmp_path, environ, "win32")]
    assert found[:2] == [("Dropbox", drop), ("OneDrive", one)]
    assert ("iCloud", tmp_path / "iCloudDrive") in found


def test_clouds_of_macos_are_known_by_where_they_hang(tmp_path: Path) -> None:
    library = tmp_path / "Library"
    for name in ("GoogleDrive-anna@example.org", "Dropbox", "OneDrive-Acme", "Box-Box"):
        (library / "CloudStorage" / name).mkdir(parents=True)
    (library / "Mobile Documents" / "com~apple~CloudDocs" / "Documents").mkdir(parents=True)
    found = {one.folder: one.client for one in synced_folders(tmp_path, {}, "darwin")}
    assert found[library / "CloudStorage" / "GoogleDrive-anna@example.org"] == "Google Drive"
    assert found[library / "CloudStorage" / "OneDrive-Acme"] == "OneDrive"
    assert found[library / "Mobile Documents"] == "iCloud"
    assert found[tmp_path / "Documents"] == "iCloud"
    assert tmp_path / "Desktop" not in found


@pytest.mark.parametrize(
    "note",
    ["", "{", "[]", '{"personal": 7}', '{"personal": {"path": 7}}', '{"personal": {"path": "/"}}'],
)
def test_a_note_that_is_none_says_nothing(tmp_path: Path, note: str) -> None:
    put(tmp_path / ".dropbox" / "info.json", note)
    put(tmp_path / ".config" / "Nextcloud" / "nextcloud.cfg", note or "no section\n")
    assert synced_folders(tmp_path, {}, "linux") == []


@pytest.mark.parametrize(
    ("mark", "client"), [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox")]
)
def test_a_clients_mark_above_the_file_tells_too(tmp_path: Path, mark: str, client: str) -> None:
    (tmp_path / "shared" / mark).mkdir(parents=True)
    path = tmp_path / "shared" / "deep" / "p.labeler"
    place = place_of(path, mounts=list, clients=list)
    assert (place.kind, place.system) == ("synced", client)
    assert place_of(tmp_path / "p.labeler", mounts=list, clients=list).kind == "local"


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_a_link_lies_where_it_leads_and_a_client_outweighs_the_disk(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox")
    client = SyncedFolder("Dropbox", tmp_path / "Dropbox")
    place = place_of(tmp_path / "here" / "p.labeler", mounts=list, clients=lambda: [client])
    assert place.kind == "synced"
    assert not place.safe


# --------------------------------------------------------------------------------------- a real mount


def tool(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or name


def mount(options: str, picture: Path, folder: Path) -> None:
    command = [tool("mount"), "-o", options, str(picture), str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        pytest.skip(f"this machine permits no loop mounts: {told.stderr.strip()}")


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own in a file, mounted read-only at a folder with a space in its name.

    On it lies a project that another program set to WAL.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only the superuser of a Linux machine may mount a file")
    if shutil.which(tool("mkfs.ext4")) is None:
        pytest.skip("mkfs.ext4 is not installed")
    picture, folder = tmp_path / "disk.img", tmp_path / "a disk \\ here"
    folder.mkdir()
    picture.write_bytes(bytes(2 << 20))
    subprocess.run([tool("mkfs.ext4"), "-q", str(picture)], check=True, capture_output=True)
    unmount = [tool("umount"), str(folder)]
    mount("loop", picture, folder)
    try:
        Project.create(folder / "p.labeler", handle="anna").close()
        connection = sqlite3.connect(folder / "p.labeler")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    finally:
        subprocess.run(unmount, check=True, capture_output=True)
    mount("loop,ro", picture, folder)
    try:
        yield folder
    finally:
        subprocess.run(unmount, check=True, capture_output=True)


def test_a_real_mount_is_seen_as_what_it_is(mounted: Path) -> None:
    place = place_of(mounted / "p.labeler", clients=list)
    assert (place.kind, place.folder, place.system) == ("read_only", str(mounted), "ext4")
    assert place_of(mounted.parent / "p.labeler", clients=list).kind == "local"


def test_wal_on_a_real_medium_that_is_read_only_is_worked_on_in_a_copy(
    mounted: Path, tmp_path: Path
) -> None:
    path = mounted / "p.labeler"
    found = approach(path)
    assert found.problem is not None
    assert found.problem.code == "file_wal"
    with pytest.raises(Refusal, match="WAL"):
        open_in_place(path)
    copy = begin_copy(tmp_path / "copies", path)
    project = open_in_place(copy.path)
    assert not project.read_only
    project.sign_in("ben")
    project.close()
    with pytest.raises(Refusal):
        give_back(copy)
