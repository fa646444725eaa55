"""Who lives in the sample district: what Campus holds of a student, what the POS sends of him, and what an
import on 2016-09-06 must make of it.

Everybody is invented; numbers of SSN shape are of areas that are never issued.
"""

from dataclasses import dataclass
from typing import Callable, Optional

FIRST_DAY, LAST_DAY = "2016-08-10", "2017-10-02"  # meal status of 2016-17, carryover included
LAST_YEAR = dict(year=2016, start="2015-08-12", end="2016-10-02")

CEP, PROVISION_2 = "020", "030"
SCHOOLS = {  # number: name, grades, provision
    "010": ("Cedar Hollow Elementary", range(0, 6), None),
    CEP: ("Mill Creek Elementary", range(0, 6), "CEP"),
    PROVISION_2: ("Stony Fork Elementary", range(0, 6), "Provision 2"),
    "040": ("Laurel Bend Elementary", range(0, 6), None),
    "050": ("Tamarack Middle", range(6, 9), None),
    "060": ("Tamarack County High", range(9, 13), None),
}
ORDINARY_SCHOOLS = [number for number, school in SCHOOLS.items() if school[2] is None]
ORDINARY_CODES = ("F|DC-SNAP", "P|", "R|INC", "F|INC", "P|", "F|DC-KTAP", "P|DENIED", "F|DC-SNAP", "F|INC",
                  "F|DC-FOSTER", "R|INC", "F|CASE", "P|DECLINED", "F|HOMELESS", "P|INC")

WARNINGS = {"3037", "3041", "3042", "3043", "3050", "3063", "3064", "4003", "5004", "6001"}
LEVELS = {"7001": "info"} | dict.fromkeys(WARNINGS, "warning")  # the others are errors


def us_date(iso):
    return f"{iso[5:7]}/{iso[8:]}/{iso[:4]}" if iso else ""


@dataclass
class Record:
    """A meal status that Campus holds; without a code it is the one that the POS sends."""

    code: str = ""
    start: str = FIRST_DAY
    end: str = LAST_DAY
    year: int = 2017
    eligibility_type: str = "Meal"
    application: bool = False


@dataclass
class Case:
    why: str
    fate: Optional[str]  # new, updated, existing, skipped, rejected; None: the POS sends no line
    finding: str = ""
    changes: tuple = ()  # beside the insert of a new record
    times: int = 1
    code: str = ""  # status|code; without it, one of ORDINARY_CODES
    start: str = FIRST_DAY
    end: str = LAST_DAY
    records: tuple = ()
    school: str = ""  # without it, one of ORDINARY_SCHOOLS
    enrolled: str = "yes"  # no, no show, moved (here from the CEP school)
    last_name: str = ""
    is_entered_twice: bool = False  # a second person of Campus has the same state ID
    key: Callable = lambda state_id: state_id  # as the POS writes it
    date: Callable = us_date
    damage: Callable = lambda line: line
    used_line: str = ""  # code of a second line of the student, which is the one used
    is_used_line_first: bool = False


def same(**over):
    return (Record(**over),)


CASES = (
    Case("Campus holds what the POS sends", "existing", times=226,
         records=(Record(year=2016, start="2015-08-12", end="2016-08-09"), Record())),
    Case("Campus holds a longer record of the same kind", "existing", code="F|INC", start="2016-08-29",
         records=same()),
    Case("the name holds a comma, in quotes", "existing", last_name="Alderwick, Jr", records=same()),
    Case("the name is written in Windows-1252", "existing", last_name="Peñacroft", records=same()),
    Case("nothing in Campus yet", "new", times=30),
    Case("Campus holds a record of the SES type only, which is another matter", "new", code="F|INC",
         records=same(eligibility_type="SES")),
    Case("the record in Campus ended before this one starts", "new", code="R|INC", start="2016-09-01",
         records=same(end="2016-08-26")),
    Case("the student moved from the CEP school to one without provision", "new", school="040",
         enrolled="moved"),
    Case("last year's record ends the day before the new one starts", "new", changes=("carryover_ended",),
         times=24, start="2016-08-29", records=same(**LAST_YEAR)),
    Case("a denied application ends last year's Free too", "new", changes=("carryover_ended",), times=2,
         code="P|DENIED", start="2016-08-29", records=same(code="F|INC", **LAST_YEAR)),

    Case("Reduced becomes Free by direct certification", "new", changes=("ended",), times=5, code="F|DC-SNAP",
         start="2016-09-01", records=same(code="R|INC")),
    Case("Free by application becomes Free by direct certification", "new", changes=("ended",),
         code="F|DC-KTAP", start="2016-09-01", records=same(code="F|INC")),
    Case("a record made by an application may be ended", "new", changes=("ended",), code="F|DC-SNAP",
         start="2016-09-01", records=same(code="R|INC", application=True)),
    Case("Free becomes Reduced: the POS is the origin and may lower a Non-Direct benefit", "new",
         changes=("ended",), times=2, code="R|INC", start="2016-09-01", records=same(code="F|INC")),
    Case("Paid becomes Free from its own first day", "new", changes=("removed",), times=3, code="F|INC",
         records=same(code="P|")),
    Case("Reduced goes on when a shorter Free that starts before it is over", "new", changes=("trimmed",),
         code="F|INC", end="2016-12-16", records=same(code="R|INC", start="2016-08-29")),

    Case("other reason, same rank: the certified type changes in place", "updated", times=2, code="F|CASE",
         records=same(code="F|INC")),
    Case("the POS sends a later last day", "updated", times=2, code="F|INC", records=same(end="2017-06-30")),
    Case("the POS sends an earlier first day", "updated", code="R|INC", records=same(start="2016-08-29")),

    Case("no student of Campus has this state ID", "rejected", "1001", key=lambda _: "1990900001"),
    Case("the state ID is blank", "rejected", "1001", key=lambda _: ""),
    Case("the state ID has eleven digits", "rejected", "1001", key=lambda state_id: state_id + "0"),
    Case("a Social Security number in place of the state ID, nine digits", "rejected", "1010",
         key=lambda _: "000123456"),
    Case("a Social Security number in place of the state ID, with hyphens", "rejected", "1010",
         key=lambda _: "900-55-0123"),
    Case("a spreadsheet made an exponent of the state ID", "rejected", "1011", key=lambda _: "1.99E+09"),
    Case("a spreadsheet added '.0' to the state ID", "rejected", "1011",
         key=lambda state_id: state_id + ".0"),
    Case("the letter O in place of a zero", "rejected", "1011",
         key=lambda state_id: state_id.replace("0", "O", 1)),
    Case("two persons in Campus have this state ID", "rejected", "2001", is_entered_twice=True),
    Case("Direct replaces Direct of the same rank: Foster becomes Runaway", "updated", "3037",
         code="F|RUNAWAY", records=same(code="F|DC-FOSTER")),
    Case("Direct replaces Direct of the same rank: SNAP becomes KTAP", "updated", "3037",
         code="F|DC-KTAP", records=same(code="F|DC-SNAP")),
    Case("the student is directly certified; an application does not lower that", "existing", "3041",
         times=2, code="R|INC", records=same(code="F|DC-SNAP")),
    Case("Reduced until the direct certification that Campus holds begins", "new", "3042", code="R|INC",
         records=same(code="F|DC-SNAP", start="2016-08-29")),
    Case("ends the day before the record of 2017-18 that Campus already holds", "new", "3043", code="F|INC",
         records=same(code="F|DC-SNAP", year=2018, start="2017-08-09", end="2018-10-02")),
    Case("two lines for the student: Free is better than Reduced", "skipped", "3050", code="R|INC",
         used_line="F|INC", is_used_line_first=True),
    Case("two lines for the student of the same rank: the last is used", "skipped", "3050", code="F|INC",
         used_line="F|CASE"),
    Case("meets two records of its own rank and cannot be both", "rejected", "3060", code="F|CASE",
         records=(Record("F|INC", end="2016-10-14"), Record("F|OVR", start="2016-10-17"))),
    Case("would have to delete a record made by an application", "rejected", "3061", code="F|DC-SNAP",
         records=same(code="R|INC", application=True)),
    Case("last year's record starts on the very day: it was entered under the wrong year", "rejected", "3062",
         code="F|INC", records=same(year=2016, end="2016-10-02")),
    Case("Campus already holds two records that overlap", "skipped", "3063", code="F|INC",
         records=(Record("F|INC", end="2016-12-16"), Record("R|INC", start="2016-11-01"))),
    Case("Campus holds a record that ends before it starts; it stays as it is", "new", "3064", code="R|INC",
         records=same(start="2016-09-01", end="2016-08-01")),
    Case("a value nobody has mapped yet", "rejected", "4001", times=3, code="F|MEDICAID"),
    Case("the start date is missing", "rejected", "4002", start=""),
    Case("Reduced with Categorical is no usual combination", "new", "4003", code="R|CASE"),
    Case("the line breaks off", "rejected", "4010", damage=lambda line: b",".join(line.split(b",")[:5])),
    Case("the name holds a comma, without quotes", "rejected", "4010", last_name="Oakmere, Jr",
         damage=lambda line: line.replace(b'"', b"")),
    Case("a byte in the name that is neither UTF-8 nor Windows-1252", "rejected", "4011",
         damage=lambda line: line.replace(b",", b",\x81", 1)),
    Case("the end date is before the start date", "rejected", "5001", end="2016-06-30"),
    Case("the dates are of last year", "rejected", "5002", start="2015-08-12", end="2016-06-30"),
    Case("day and month are swapped", "rejected", "5003", start="2016-08-29",
         date=lambda iso: f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"),
    Case("the end date is later than the year's default expiration", "new", "5004", code="F|INC",
         end="2017-12-31"),
    Case("the student has no enrolment in 2016-17", "new", "6001", enrolled="no"),
    Case("the student is enrolled as a no-show", "new", "6001", enrolled="no show"),
    Case("the student is at the CEP school", "skipped", "7001", times=28, school=CEP),
    Case("the student is at the Provision 2 school", "skipped", "7001", times=16, school=PROVISION_2),

    Case("absence from the file ends nothing", None, times=14, records=same()),
    Case("no record at all: the student counts as Paid", None, times=8),
    Case("the household's income form at the CEP school, of the SES type", None, times=12, code="F|INC",
         school=CEP, records=same(end="2017-06-30", eligibility_type="SES")),
)
