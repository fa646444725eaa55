"""The schools and students of an invented district. Everybody is made of syllables; nobody is real."""

from dataclasses import dataclass
from random import Random

from .cases import ORDINARY, SPECIAL

STEMS = ("Alder", "Birch", "Cedar", "Dog", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Knot", "Linden",
         "Maple", "Nettle", "Oak", "Pine", "Quince", "Rowan", "Sorrel", "Thorn", "Umber", "Vine", "Willow", "Yew")
ENDINGS = ("wick", "croft", "dale", "mere", "holt", "stead", "ridge", "brook", "field", "gate", "ward", "ley",
           "combe")
FIRST_NAMES = ("Ada", "Ben", "Cleo", "Dov", "Edie", "Finn", "Gwen", "Hugo", "Iris", "Joel", "Kaya", "Luca", "Mina",
               "Nico", "Opal", "Perry", "Quinn", "Rosa", "Saul", "Tess", "Uma", "Vito", "Wren", "Xavi", "Yara",
               "Zeke", "Bo", "Cy", "Fay")
HOUSEHOLD_SIZES = (1, 2, 1, 3, 2)
NAMES = {  # a case's name: what becomes of (last, first)
    "comma": lambda last, first: (last + ", Jr", first),
    "quotes": lambda last, first: (last, f'{first} "Dot" "D"'),
    "two lines": lambda last, first: (last, first + "\nMae"),
    "accent": lambda last, first: (last + "ñé", first),
}
LEVELS = (("Elementary", ("KG", "01", "02", "03", "04", "05")), ("Middle", ("06", "07", "08")),
          ("High", ("09", "10", "11", "12")))


@dataclass(frozen=True)
class School:
    number: str
    name: str
    grades: tuple
    birth_years: tuple  # as grades: how long before the school year their students were born
    provision: str
    provision_last_year: str

    @property
    def id(self):
        return "school-" + self.number


def found_schools(students):
    """At least six; of ten, one is a CEP school, one under Provision 2, one under Provision 3."""
    schools = []
    for n in range(min(90, 6 + students // 1500)):
        level, grades = LEVELS[(0, 0, 0, 1, 2)[n % 5]]
        this_year = {1: "CEP", 2: "Provision 2", 7: "Provision 3"}.get(n % 10, "")
        last_year = "CEP" if n % 10 == 0 else this_year  # a school may have left CEP
        youngest = {"Elementary": 5, "Middle": 11, "High": 14}[level]
        name = f"{STEMS[n * 7 % len(STEMS)]} {ENDINGS[n * 5 % len(ENDINGS)].capitalize()} {level}"
        schools.append(School(f"{10 * (n + 1):03}", name, grades,
                              tuple(youngest + i for i in range(len(grades))), this_year, last_year))
    return schools


class Student:
    __slots__ = ("n", "case", "state_id", "last", "first", "household", "luck", "days", "school", "other_school")

    @property
    def id(self):
        return f"s{self.n}"

    @property
    def at(self):
        """Where among his school's grades he is."""
        return self.n % len(self.school.grades)

    @property
    def grade(self):
        return self.school.grades[self.at]

    def birth_day(self, year):
        """As (year, month, day)."""
        return year.start_year - self.school.birth_years[self.at], 1 + self.n % 9, 1 + self.n * 7 % 28


# Where a student is enrolled: (school, begins, ends) for each enrolment, the school that is his own first.
def enrolled(s, year):
    return ((s.school, year.first_day, year.last_day),)


def moved(s, year):
    return ((s.school, year.day(8, 29), year.last_day), (s.other_school, year.first_day, year.day(8, 26)))


def left(s, year):
    return ((s.school, year.first_day, year.day(8, 26)),)


ENROLMENTS = {  # a case's roster: its enrolments, provision of his school, provision of the other school
    "enrolled": (enrolled, "", ""),
    "no state ID": (enrolled, "", ""),
    "deleted": (enrolled, "", ""),
    "twice": (enrolled, "", ""),
    "cep": (enrolled, "CEP", ""),
    "provision": (enrolled, "Provision", ""),
    "none": (lambda s, year: (), "", ""),
    "last year": (lambda s, year: ((s.school, year.day(8, 12, -1), year.day(5, 25)),), "", ""),
    "to cep": (moved, "CEP", ""),
    "from cep": (moved, "", "CEP"),
    "left cep": (left, "CEP", ""),
    "left": (left, "", ""),
    "class at cep": (lambda s, year: enrolled(s, year) + ((s.other_school, year.first_day, year.last_day),), "",
                     "CEP"),
}


def surname(household):
    return STEMS[household % len(STEMS)] + ENDINGS[household // len(STEMS) % len(ENDINGS)]


def kinds(students, random):
    """A case for each student: the special ones in their shares, at least one of each; in no order."""
    cases = [case for case in SPECIAL for _ in range(max(1, int(students * case.per_mille / 1000 + 0.5)))]
    if len(cases) > students:
        raise ValueError(f"a district has at least {len(cases)} students, to have one of every kind")
    weighted = [case for weight, case in ORDINARY for _ in range(weight)]
    cases += [weighted[int(random() * len(weighted))] for _ in range(students - len(cases))]
    for i in range(len(cases) - 1, 0, -1):
        j = int(random() * (i + 1))
        cases[i], cases[j] = cases[j], cases[i]
    return cases


def populate(students, year, schools, seed):
    """Every student. random.random() is the only part of the module that no version of Python changes."""
    random = Random(seed).random
    pools = {provision: [school for school in schools if school.provision.startswith(provision)]
             for provision in ("CEP", "Provision")}
    pools[""] = [school for school in schools if not school.provision]
    people, household, places = [], 0, 0
    for n, case in enumerate(kinds(students, random), 1):
        if not places:
            household += 1
            places = HOUSEHOLD_SIZES[household % len(HOUSEHOLD_SIZES)]
        places -= 1
        _, own, other = ENROLMENTS[case.roster]
        s = Student()
        s.n, s.case, s.household = n, case, household
        s.state_id = f"{'019' if n % 9 == 0 else '199'}{n:07}"
        s.last = surname(household)
        s.first = FIRST_NAMES[n * 5 % len(FIRST_NAMES)]
        if case.name:
            s.last, s.first = NAMES[case.name](s.last, s.first)
        s.luck = int(random() * 65536)
        s.days = year.days_of(random(), random(), random(), random())
        s.school = pools[own][s.luck % len(pools[own])]
        s.other_school = pools[other][s.luck % len(pools[other])]
        people.append(s)
    return people
