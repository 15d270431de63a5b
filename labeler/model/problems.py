"""What can be wrong, said so that a person can act on it: a code, a place and the figures.

The core never translates. A Problem carries a code; its English sentence is in CATALOGUE, and the
app looks the same sentence up in its translations. A plugin's own code brings its sentence along.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

import msgspec

__all__ = ["CATALOGUE", "OUT_OF_REACH", "Problem", "Refusal", "counted", "nearest"]

OUT_OF_REACH = frozenset(
    {
        *("file_missing", "file_permission", "file_unreadable", "file_directory"),
        *("medium_outside", "medium_special", "medium_absent", "medium_double"),
    }
)
"""Codes with which a medium is refused that is not within reach; what decodes badly has others."""

CATALOGUE: dict[str, str] = {
    "nearest": "; did you mean {word}?",  # the {hint} of others
    # value and answers
    "label_unknown": "{label!r} is not in the label set{hint}",
    "label_type": "the label {label!r} is not for a {type}",
    "question_unknown": "there is no question {question!r}{hint}",
    "answer_required": "the question {title!r} needs an answer",
    "answer_invalid": "{reason}",
    "part_unknown": "the content has no part {part!r}{hint}",
    "part_needed": "name the part this region is on: the content has {count}",
    "region_type": "this queue's panel makes no region of type {type!r}{hint}",
    "region_invalid": "{reason}",
    "region_id_double": "the region id {id!r} is used twice",
    "region_end_missing": "the relation points to {id!r}, and there is no such region",
    "value_invalid": "{reason}",
    "config_invalid": "{reason}",
    "content_invalid": "{reason}",
    "span_range": "the span {start}–{end} does not lie in the text, which ends at {length}",
    "span_text": "the text under the span is {found!r}, not {told!r}",
    # files
    "file_missing": "there is no such file",
    "file_exists": "the file is there already; choose another name",
    "file_directory": "this is a folder, not a file; choose a file in it",
    "file_special": "this is no ordinary file but a pipe, a device or the like; choose a file",
    "file_forbidden": "you may not read it; ask its owner for the right to, or for a copy",
    "folder_forbidden": "you may not write to its folder; choose another one",
    "folder_missing": "its folder does not exist; make it, or name another",
    "file_permission": "permission denied: {reason}",
    "file_read_only": "the file or its folder can only be read; work in a copy of it",
    "file_unreadable": "the file cannot be read: {reason}",
    "file_not_sqlite": "not a project: the file is not an SQLite database; choose another one, or "
    "decrypt it first if it is encrypted",
    "file_packed": "not a project but a packed file ({kind}); unpack it and choose what is in it",
    "file_hollow": "not a project: the file begins with zeros, as one does whose copying was broken "
    "off; copy it again from where it came",
    "file_empty": "the file is empty; copy it again from where it came",
    "file_foreign": "not a project: the SQLite database belongs to another program; choose another file",
    "file_newer": "made by a newer version (format {found}); this one reads up to {known}, update it",
    "file_older": "made by an older version (format {found}); open it once to bring it to {known}",
    "file_damaged": "the file is damaged: {reason}",
    "file_damaged_open": "the file is damaged: {reason}; repair it into a new file, or go on with a "
    "backup",
    "file_damaged_copy": "the file is damaged: {reason}; copy it again, or repair it and merge what "
    "that saves",
    "file_schema": "the file holds tables this program did not make: {name}; ask for another copy, or "
    "repair it into a new file",
    "file_locked": "another program holds the file; close it there and try again",
    "file_moved": "the project file was renamed, moved or deleted while it was open",
    "file_linked": "the file has another hard link; copy it and open the copy",
    "file_wal": "another program set its journal mode to WAL, which is safe on a disk of this machine "
    "only; make a copy there and work in that",
    "file_wal_left": "another program had set its journal mode to WAL; it was set back",
    "file_journal": "beside it lies {journal}, which is no journal of this program and could do "
    "harm; move it away, or ask for another copy",
    "file_slow": "opening it took longer than {seconds} s and was given up; ask for another copy, or "
    "repair it into a new file",
    "file_hostile": "opening it in a process of its own took more than {seconds} s or {memory} MB; it "
    "was not opened here; ask whoever sent it for another copy",
    "image_empty": "the file is empty",
    "image_unknown": "it is no image of a kind that is read here",
    "image_damaged": "the image is damaged: {reason}",
    "image_cut": "the image is damaged: {reason}; what could be read of it is shown",
    "image_large": "the image of {width} × {height} pixels needs {need} MB of memory, {budget} MB are "
    "allowed",
    "image_reduced": "shown at 1/{factor} of its size: all of it needs {need} MB of memory",
    "image_broke": "decoding the image ended the process it was done in; the image is not shown",
    "image_slow": "decoding the image took longer than {seconds} s and was given up",
    "image_stopped": "decoding the image was called off",
    "image_frames": "the file has several pictures; the first one is shown",
    "image_stretched": "{bits} bits a pixel: values from {low} to {high} are stretched to be seen",
    "disk_full": "the disk is full; nothing was lost, free some space or save elsewhere",
    "disk_error": "the disk refused: {reason}",
    "repair_in_place": "more is damaged than can be put right in place: {reason}; name a new file to "
    "make of what can be proven",
    "repair_nothing": "nothing in it could be recovered; a backup is the way back",
    "repair_missing": "changes by {person} on {device} are missing ({count}), made between {since} and "
    "{until} (UTC)",
    "change_set_aside": "what came from {source} and does not prove itself is set aside: {reason}",
    "repair_set_aside": "parts that no longer prove what they were ({count}) were set aside",
    "merge_itself": "this is the open project itself; choose another copy of it",
    "project_other": "this is a copy of another project; to take its tasks in, export them there as "
    "native and import that",
    # where a file lies
    "place_local": "a disk of this machine",
    "place_network": "a network folder ({system}) whose locks should reach the server",
    "place_locks_off": "a network folder ({system}) whose locks do not reach other machines",
    "place_option": "a network folder ({system}) whose locks do not reach other machines, for it is "
    "mounted with {option}",
    "place_synced": "a folder that {client} keeps in step with other machines",
    "place_read_only": "a medium that can only be read",
    "place_risky": "it lies in {reason}: what another machine writes at the same time is not noticed; "
    "make a copy (backup), work there and merge it back",
    "place_shared": "{person} edits it on {host}, and locks do not reach other machines here: both "
    "would overwrite each other",
    "origin_open": "{person} has it open on {host}; your work is kept in your copy and merged back "
    "later",
    "copy_kept": "your work is kept in your copy, and merged back when the file can be reached: "
    "{reason}",
    # project words
    "queue_unknown": "there is no queue {queue!r}{hint}",
    "queue_needed": "the project has {count} queues; name one with --queue",
    "queue_panel": "the queue {queue!r} is for the panel {panel!r}",
    "task_unknown": "there is no task {task!r}",
    "task_double": "the key {task!r} means {count} tasks: {uids}",
    "search_field": "there is no field {field!r} to search by{hint} (letter {at}); put it in quotes to "
    "look for the words",
    "search_empty": "say what {field} is to be, right after the colon (letter {at})",
    "search_value": "{value!r} is no value of {field}{hint} (letter {at})",
    "search_compare": "{field} cannot be compared with {operator} here; name its value (letter {at})",
    "search_order": "{field} has no points in order, so {operator} means nothing; name its value",
    "search_long": "the search has {count} words and conditions, {most} are allowed",
    "search_part": "{word!r} is too short for a part of a word; write {least} letters (letter {at})",
    "search_index": "there is no search index on this machine, so searches take longer: {reason}",
    "view_unknown": "there is no saved view {view!r}{hint}",
    "view_double": "another view is called {view!r}",
    "view_name": "a view needs a name of up to {most} letters",
    "person_unknown": "nobody here is called {person!r}",
    "role_unknown": "there is no role {role!r}, only {known}",
    "roles_not_given": "only a coordinator gives roles; {person} is none",
    "handout_nothing": "no task of the queue {queue!r} is free to be handed out",
    "handout_search": "of what {search!r} finds, no task of the queue {queue!r} is free to be handed out",
    "handout_unmade": "the hand-out to {person} was not finished, for {file} was never made; its tasks "
    "are free again",
    "handout_unknown": "there is no hand-out {handout!r}",
    "conflict_unknown": "there is no conflict about {entity!r}{hint}",
    "conflict_changed": "the conflict about {entity!r} has other versions by now; look at it again",
    "conflict_single": "two tasks have the key that {entity!r} is for; no value settles that",
    "draft_elsewhere": "{person} has this task open in another window (process {pid} on {host})",
    "draft_changed": "this task was changed in another window meanwhile; your last change was not "
    "kept: make it again",
    "layer_unknown": "there is no layer {layer!r}",
    # import and export
    "format_unknown": "there is no format {format!r}{hint}",
    "format_double": "several panels have the format {format!r}: {panels}; say which queue is meant",
    "format_direction": "the format {format!r} has no {direction}",
    "json_syntax": "not JSON: {reason}",
    "row_not_table": "the line is not a JSON table of names and values",
    "row_ragged": "cells in the row: {found}, in the header: {expected}",
    "row_empty": "there is no text in it",
    "row_too_long": "the line is longer than {limit} MB",
    "row_nul": "the line has a NUL byte",
    "column_missing": "there is no column {column!r}{hint}",
    "encoding_guessed": "read as {encoding}",
    "encoding_mixed": "not {encoding}: byte {byte} at position {at}",
    "key_double": "the id {key!r} was used before, with other content; kept as another task",
    "label_added": "the label {label!r} was added to the set",
    "older_value": "the value is an older version of what is here; nothing was changed",
    "task_made": "there was no task {key!r}; made without its content",
    "content_missing": "the content of this task is not here yet",
    "export_refused": "the task has {count} people's work and this format holds one; "
    "choose with --by or --source",
    "import_project": "this is a project, and its work is taken in by a merge, not by an import",
    "export_one_file": "this is one file and has room for one task; name a folder instead",
    # media
    "audio_unknown": "no decoder here reads this: {reason}",
    "audio_empty": "there is no sound in it",
    "audio_long": "decoded it would be longer than {hours} hours, which is more than is kept here",
    "audio_cut": "the file is cut: its head tells of {told} s, {found} s are there",
    "audio_head": "the head does not say how long it is; it is read as far as it goes",
    "audio_damaged": "stretches that cannot be decoded ({count}) are silent, the first from {time} s",
    "medium_outside": "the path leads out of its media folder; nothing was opened",
    "medium_special": "it is no ordinary file but a {kind}; nothing was opened",
    "medium_name": "its name is no text; rename the file",
    "medium_changed": "the file changed while it was read",
    "medium_other": "the project has taken in another file of this name; import this one from a "
    "folder of another name",
    "medium_too_large": "it has {size} MB, and a project takes in up to {limit} MB; "
    "import it by reference",
    "medium_damaged": "the medium {path!r} in the project is damaged: {reason}",
    "medium_double": "copies of the project took in different files of this name; which is meant "
    "is not known",
    "medium_absent": "the bytes of the medium {path!r} are not in the project",
    "media_root_unsaved": "where the media folder {root!r} lies could not be remembered: {reason}",
    "score_invalid": "{score} is no score from 0 to 1; the value was taken in without it",
    # plugins
    "plugin_invalid": "{reason}",
    "plugin_api": "made for api {wanted}, this program has {offered}",
    "plugin_kit": "made for kit {wanted}, this program has {offered}",
    "plugin_no_editor": "the plugin {panel!r} brings no editor",
    "plugin_double": "another plugin has the id {id!r} already ({first})",
    "plugin_missing": "no plugin brings the panel {panel!r}",
    "plugin_failed": "the plugin stopped: {reason}",
    # command line
    "template_unknown": "there is no template {template!r}{hint}",
    "argument": "{reason}",
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a person can act on.

    ``where`` is the place: a file with its line, or a path inside a value (``regions[3].label``).
    ``text`` is the English sentence of a code that CATALOGUE does not know, with ``{names}``.
    """

    code: str
    where: str = ""
    params: Mapping[str, str | int | float] = {}
    text: str = ""

    @property
    def template(self) -> str:
        """The sentence with its ``{names}``, in English: what the app looks up to translate."""
        return self.text or CATALOGUE.get(self.code, self.code)

    @property
    def message(self) -> str:
        """The sentence in English, without the place.

        A guest's sentence whose names do not fit its figures is shown as it is: a problem is often
        told while another is dealt with, and must not become one.
        """
        try:
            return self.template.format(**self.params)
        except (LookupError, ValueError, TypeError, AttributeError):
            return self.template

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Refusal(Exception):
    """The caller asked for what cannot be done, and nothing was changed. It carries the Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    @classmethod
    def of(cls, code: str, where: str = "", **params: str | int | float) -> Refusal:
        """A refusal with a problem of this code, place and figures."""
        return cls(Problem(code, where, params))


def counted(count: int, one: str, many: str = "") -> str:
    """``1 change``, ``3 changes``; ``many`` is the plural where it is not ``one`` with an s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def nearest(word: str, known: Iterable[str]) -> str:
    """``"; did you mean 'cat'?"`` for the known word nearest to this one, or an empty text."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return CATALOGUE["nearest"].format(word=repr(matches[0])) if matches else ""
