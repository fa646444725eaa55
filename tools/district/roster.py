"""What a district exports of its students: a OneRoster folder, provisions and households."""

from datetime import date

from .people import ENROLMENTS, surname
from .pos_file import KEYS

SUBJECTS = ("Homeroom", "Art", "Reading")


def cell(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def table(header, rows):
    return "\n".join([header, *rows, ""])


def blank(columns):
    return "," * (columns - 1)


def manifest(version):
    files = ("academicSessions", "categories", "classes", "classResources", "courses", "courseResources",
             "demographics", "enrollments", "lineItems", "orgs", "resources", "results", "users")
    bulk = {"academicSessions", "demographics", "enrollments", "orgs", "users"}
    if version == "1.2":
        files += ("roles", "userProfiles", "userResources")
        bulk.add("roles")
    rows = ["manifest.version,1.0", f"oneroster.version,{version}"]
    rows += [f"file.{name},{'bulk' if name in bulk else 'absent'}" for name in sorted(files)]
    rows += ["source.systemName,Invented", "source.systemCode,invented"]
    return table("propertyName,value", rows)


def orgs(schools, district):
    rows = [f"district,,,{district},district,000,"]
    rows += [f"{school.id},,,{school.name},school,{school.number},district" for school in schools]
    return table("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId", rows)


def academic_sessions(year):
    rows = []
    for years in (-1, 0):
        name, end_year = year.named(years), year.end_year + years
        first, last = f"{end_year - 1}-07-01", f"{end_year}-06-30"
        whole = f"year-{end_year}"
        rows.append(f"{whole},,,{name},schoolYear,{first},{last},,{end_year}")
        rows.append(f"fall-{end_year},,,Fall,semester,{first},{end_year - 1}-12-31,{whole},{end_year}")
        rows.append(f"spring-{end_year},,,Spring,semester,{end_year}-01-01,{last},{whole},{end_year}")
    return table("sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear", rows)


class Roster:
    """The rows of all students; the students with the roster "twice" are two persons each."""

    def __init__(self, students, year, version):
        self.users, self.roles, self.enrollments, self.demographics = [], [], [], []
        self.year, self.version = year, version
        self.days = year.written("%Y-%m-%d")
        self.persons = self.enrolled = 0
        for s in students:
            self.add(s, s.id)
            if s.case.roster == "twice":
                self.add(s, s.id + "b")

    def add(self, s, user):
        roster = s.case.roster
        status = "tobedeleted" if roster == "deleted" else ""
        identifier = "" if roster == "no state ID" else s.state_id
        places = ENROLMENTS[roster][0](s, self.year)
        self.persons += bool(identifier) and not status
        self.enrolled += 0 if status else len(places)

        names = f"{cell(s.first)},{cell(s.last)}"
        secret = f"{{SSN:{KEYS['hyphens'](s)}}}" if s.n % 40 == 0 else ""  # nobody is asked to read it
        if self.version == "1.1":
            ids = cell(",".join([s.school.id] + [school.id for school, _, _ in places[1:]]))
            self.users.append(f"{user},{status},,true,{ids},student,{user},{secret},{names},,{identifier},,,,,"
                              f"{s.grade},")
        else:
            self.users.append(f"{user},{status},,true,{user},{secret},{names},,{identifier},,,,,{s.grade},,,,,,,"
                              f"{s.school.id},")
            self.roles.append(f"r-{user},{status},,{user},primary,student,,,{s.school.id},")
            for school, _, _ in places[1:]:
                self.roles.append(f"r-{user}-2,{status},,{user},secondary,student,,,{school.id},")
        birth_year, month, day = s.birth_day(self.year)
        self.demographics.append(f"{user},{status},,{birth_year}-{month:02}-{day:02},"
                                 f"{'female' if s.n % 2 else 'male'}" + blank(12))
        for at, (school, begins, ends) in enumerate(places):
            # Two classes of a school are one enrolment.
            for subject in SUBJECTS[:2] if s.n % 10 == 0 else SUBJECTS[:1]:
                self.enrollments.append(
                    f"e-{user}-{at}-{subject},{status},,{subject}-{school.number},{school.id},{user},student,"
                    f"false,{self.days[begins]},{self.days[ends]}")

    def add_teachers(self, schools):
        for school in schools:
            user = "t" + school.number
            names = f"Lee,{school.name.split()[0]}"
            if self.version == "1.1":
                self.users.append(f"{user},,,true,{school.id},teacher,{user},,{names},,,,,,,,")
            else:
                self.users.append(f"{user},,,true,{user},,{names},,,,,,,,,,,,,,{school.id},")
                self.roles.append(f"r-{user},,,{user},primary,teacher,,,{school.id},")
            self.enrollments.append(f"e-{user},,,Homeroom-{school.number},{school.id},{user},teacher,true,,")

    def files(self):
        head = "sourcedId,status,dateLastModified,"
        if self.version == "1.1":
            user = "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier," \
                   "email,sms,phone,agentSourcedIds,grades,password"
        else:
            user = "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone," \
                   "agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName," \
                   "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns"
        files = {
            "users.csv": table(head + user, self.users),
            "enrollments.csv": table(head + "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
                                            "endDate", self.enrollments),
            "demographics.csv": table(head + "birthDate,sex,americanIndianOrAlaskaNative,asian,"
                                             "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
                                             "demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
                                             "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
                                             "publicSchoolResidenceStatus", self.demographics),
        }
        if self.version == "1.2":
            files["roles.csv"] = table(head + "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                                              "userProfileSourcedId", self.roles)
        return files


def provisions(schools, year):
    rows = []
    for years in (-1, 0):
        for school in schools:
            provision = school.provision if years == 0 else school.provision_last_year
            isp, group = ("0.455", "1") if provision == "CEP" else ("", "")
            if provision:
                rows.append(f"{school.number},{year.named(years)},{provision},{isp},{group}")
    return table("school,school_year,provision,isp,group", rows)


def households(students, year):
    """The file, and how many households and members it has. Who has no state ID of his own is in none."""
    rows, names = [], set()
    since = date(year.start_year - 1, 8, 1).isoformat()
    for s in students:
        if s.case.roster in ("no state ID", "deleted", "twice"):
            continue
        rows.append(f"h{s.household},{s.state_id},no,{since},,{surname(s.household)}")
        names.add(s.household)
    return table("household,student,secondary,start_date,end_date,name", rows), len(names), len(rows)
