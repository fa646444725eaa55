"""The days of a school year. A day is a number: date.toordinal."""

import re
from datetime import date


class SchoolYear:
    def __init__(self, text):
        match = re.fullmatch(r"(20\d\d)-(\d\d)", text)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"'{text}' is no school year; one is written 2016-17")
        self.text = text
        self.start_year = int(match[1])
        self.end_year = self.start_year + 1
        day = self.day
        self.as_of = day(9, 6)
        self.first_day, self.last_day = day(8, 10), day(5, 26, 1)  # of school
        self.expiration = day(10, 2, 1)
        self._drawn = day(8, 10), day(8, 29), day(10, 10), day(1, 9, 1)
        self._before = day(8, 12, -1), day(5, 25), day(10, 2), day(7, 1)
        self._after = day(6, 30, 1), day(8, 9, 1), self.expiration, day(12, 31, 1), day(10, 2, 2)

    def day(self, month, day, years=0):
        """A day of the calendar year in which the school year begins, or of one so many years later."""
        return date(self.start_year + years, month, day).toordinal()

    def named(self, years):
        return f"{self.start_year + years}-{(self.end_year + years) % 100:02}"

    def days_of(self, a, b, c, d):
        """The days of notation.DAYS for one student, by four numbers from 0 to 1."""
        first, second, third, fourth = self._drawn
        return self._before + (first + int(a * 15), second + int(b * 33), third + int(c * 61),
                               fourth + int(d * 120)) + self._after

    def written(self, form):
        """The text of each day that a district may need."""
        days = map(date.fromordinal, range(self.day(1, 1, -2), self.day(12, 31, 4)))
        return {day.toordinal(): day.strftime(form) for day in days}
