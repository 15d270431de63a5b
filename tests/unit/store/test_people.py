"""Roles of people: who made a project coordinates it, who is given others has those."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from labeler.model.problems import Refusal
from labeler.store import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "p.labeler", handle="anna")
    made.sign_in("ben")
    return made


def roles(project: Project) -> dict[str, tuple[str, ...]]:
    return {one.handle: one.roles for one in project.people()}


def test_who_made_the_project_coordinates_it_and_who_joins_annotates(project: Project) -> None:
    assert roles(project) == {"anna": ("coordinator",), "ben": ()}
    assert project.sign_in("anna").roles == ("coordinator",)
    assert project.sign_in("anna").sees_gold
    assert not project.sign_in("ben").sees_gold


def test_only_a_coordinator_gives_roles_that_there_are(project: Project) -> None:
    for given, by, code in (
        ({"reviewer"}, "ben", "roles_not_given"),
        ({"boss"}, "anna", "role_unknown"),
        ({"reviewer"}, "carla", "person_unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            project.give_roles("ben", given, by=by)
        assert refused.value.problem.code == code
    assert roles(project)["ben"] == ()
    assert project.give_roles("ben", ["reviewer", "annotator"], by="anna").sees_gold
    assert roles(project)["ben"] == ("annotator", "reviewer")
    assert project.sign_in("ben", "Ben Okafor").roles == ("annotator", "reviewer"), (
        "a name is no role"
    )
    project.give_roles("anna", ["annotator"], by="anna")
    assert roles(project)["anna"] == ("annotator",), "who hands it on is not the one any more"


def test_roles_travel_with_a_merge(project: Project, tmp_path: Path) -> None:
    shutil.copyfile(project.path, tmp_path / "other.labeler")
    other = Project.open(tmp_path / "other.labeler")
    other.give_roles("ben", ["coordinator"], by="anna")
    project.merge(other.path)
    assert roles(project) == roles(other) == {"anna": ("coordinator",), "ben": ("coordinator",)}
    other.close()
