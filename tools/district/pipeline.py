"""The pipeline over the district's file, and the state's list of direct certifications."""

from datetime import date

from .notation import CODES
from .pos_file import COLUMNS

NAMES = ("state_id", "last_name", "first_name", "birth_date", "school", "status", "code", "start_date", "end_date")
WORDS = {"F": "Free", "R": "Reduced", "S": "Paid", "D": "Direct", "N": "Non-Direct"}

PIPELINE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- An invented district, written by tools/make_district. It lives on {as_of}: pass that as the as-of date. -->
<pipeline name="{name}" district="{name}" school_year="{year}">
  <variable name="campus"  value="campus.db"/>
  <variable name="pos"     value="IC_Eligibility.txt"/>
  <variable name="reports" value="reports"/>
  <variable name="expiration" value="{expiration}"/>

  <source id="pos" plugin="local_file" path="${{pos}}">
    <format plugin="delimited" separator="," header="{header}">
{columns}
    </format>
  </source>
  <transform id="codes" plugin="map_values" from="status code">
{maps}
  </transform>
  <transform id="year"    plugin="year_mapping" default_expiration="${{expiration}}"/>
  <transform id="student" plugin="match_student" database="${{campus}}" key="state_id"/>
  <transform id="cep"     plugin="cep_filter" database="${{campus}}"/>
  <transform id="merge"   plugin="merge_eligibility" database="${{campus}}" default_expiration="${{expiration}}"/>
  <sink id="campus" plugin="ic_database" database="${{campus}}"/>
  <sink id="text"   plugin="text_report" path="${{reports}}/${{pipeline}}-${{run}}.txt"/>
  <sink id="json"   plugin="json_report" path="${{reports}}/${{pipeline}}-${{run}}.json"/>
</pipeline>
"""

PROGRAMS = {("F", "SNAP"): "S", ("F", "TANF"): "K", ("F", "Medicaid"): "M", ("R", "Medicaid"): "MR"}


def iso(day):
    return date.fromordinal(day).isoformat()


def column(name, header, is_by_header):
    known_as = f' header="{header}"' if is_by_header else ""
    kind = ' type="date" pattern="MM/DD/YYYY"' if name.endswith("_date") else ""
    required = ' required="yes"' if name in ("last_name", "start_date") else ""
    return f'      <column as="{name}"{known_as}{kind}{required}/>'


def xml(name, year, dialect):
    maps = [f'    <map when="{code}" eligibility="{WORDS[eligibility]}" source="{WORDS[source]}" '
            f'certified_type="{kind}"/>' for code, (eligibility, source, kind) in CODES.items()]
    columns = [column(name, header, dialect.has_header) for name, header in zip(NAMES, COLUMNS)]
    return PIPELINE.format(name=name, year=year.text, as_of=iso(year.as_of), expiration=iso(year.expiration),
                           header="yes" if dialect.has_header else "no", columns="\n".join(columns),
                           maps="\n".join(maps))


def direct_list_name(year):
    return f"SGNDC_HISTORY_DCEXTEND_{year.start_year}_SEP.csv"


def direct_list(students, year):
    """The programs that a household shares; the state's other list, of foster children, is another file."""
    rows = ["SSID,LAST_NAME,FIRST_NAME,DOB,CASE_NO,PROGRAM,ELIG,CERT_DATE"]
    certified = iso(year.day(8, 1))
    for s in students:
        for line in s.case.sends[:1]:
            eligibility, source, kind = CODES.get(line.record.code(s.luck), ("", "", ""))
            if source != "D" or s.case.key or s.case.name or (eligibility, kind) not in PROGRAMS:
                continue
            birth_year, month, day = s.birth_day(year)
            rows.append(f"{s.state_id},{s.last.upper()},{s.first.upper()},{birth_year}-{month:02}-{day:02},"
                        f"C{s.household:07},{PROGRAMS[eligibility, kind]},{eligibility},{certified}")
    return "\n".join([*rows, ""])
