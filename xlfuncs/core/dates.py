"""The dates of a worksheet: numbers of days since an epoch, and the conversion both ways."""

from __future__ import annotations

import datetime as dt

EXCEL_EPOCH = dt.date(1899, 12, 30)  # day 0; from 1 March 1900 on it agrees with Excel, which has a 29 February 1900
EXCEL_EPOCH_1904 = dt.date(1904, 1, 1)  # day 0 of workbooks with the 1904 date system
LAST_SERIAL = 2_958_465  # 31 December 9999, the last day that Excel has
_DAY = dt.timedelta(days=1)


def from_serial(serial: float, epoch: dt.date = EXCEL_EPOCH) -> dt.date:
    """The date of a serial number; a time of day is dropped.

    >>> from_serial(46350.75)
    datetime.date(2026, 11, 24)
    """
    return epoch + dt.timedelta(days=int(serial))


def to_serial(moment: dt.date, epoch: dt.date = EXCEL_EPOCH) -> float:
    """The serial number of a date, or of a date and time, whose time zone is ignored.

    >>> to_serial(dt.date(2026, 11, 24)), to_serial(dt.datetime(1904, 1, 2, 12), EXCEL_EPOCH_1904)
    (46350.0, 1.5)
    """
    if isinstance(moment, dt.datetime):
        return (moment.replace(tzinfo=None) - dt.datetime.combine(epoch, dt.time())) / _DAY
    return float((moment - epoch).days)
