"""Moments in words: the nearer, the finer. In the language and the time zone of the machine."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

__all__ = ["day_words", "moment_words"]

_WEEK = 6


def moment_words(milliseconds: int, now: QDateTime | None = None) -> str:
    """A moment (milliseconds since the epoch) as a table shows it, empty for 0.

    ``11:40`` today, ``Wed 10:48`` within six days, else the day.
    """
    if not milliseconds:
        return ""
    moment = QDateTime.fromMSecsSinceEpoch(milliseconds)
    today = (now or QDateTime.currentDateTime()).date()
    locale = QLocale()
    time = locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    days = moment.date().daysTo(today)
    if days == 0:
        return time
    if 0 < days <= _WEEK:
        name = locale.dayName(moment.date().dayOfWeek(), QLocale.FormatType.ShortFormat)
        return f"{name} {time}"
    return _day(moment.date(), today)


def day_words(seconds: float, now: QDateTime | None = None) -> str:
    """A day (seconds since the epoch) as a list shows it: ``Today``, ``Yesterday``, ``18 Nov``."""
    if not seconds:
        return ""
    day = QDateTime.fromMSecsSinceEpoch(round(seconds * 1000)).date()
    today = (now or QDateTime.currentDateTime()).date()
    days = day.daysTo(today)
    if days == 0:
        return QCoreApplication.translate("When", "Today")
    if days == 1:
        return QCoreApplication.translate("When", "Yesterday")
    return _day(day, today)


def _day(day: QDate, today: QDate) -> str:
    if day.year() == today.year():
        #: A day of this year, in Qt's letters: d day, MMM short name of the month.
        pattern = QCoreApplication.translate("When", "d MMM")
    else:
        pattern = QCoreApplication.translate("When", "d MMM yyyy")
    return QLocale().toString(day, pattern.strip("[]~"))
