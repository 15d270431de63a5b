"""The panel's file formats: recordings, and transcripts of them as other programs write them.

Times inside are whole microseconds; what a format's own grid is coarser than is rounded half to even.
A transcript is of the recording of the same name beside it; where none is there it is taken by its
key alone, and the recording fills the task when it comes.
"""

from labeler.panels.transcription.formats.audio_files import AudioFormat
from labeler.panels.transcription.formats.jsonl import JsonlFormat
from labeler.panels.transcription.formats.srt import SrtFormat
from labeler.panels.transcription.formats.textgrid import TextGridFormat
from labeler.panels.transcription.formats.transcript_text import TextFormat
from labeler.panels.transcription.formats.whisper import WhisperFormat

__all__ = [
    "AudioFormat",
    "JsonlFormat",
    "SrtFormat",
    "TextFormat",
    "TextGridFormat",
    "WhisperFormat",
]
