# What the script of a district's year says in one word. mealsync and KENTUCKY come from outside.

cp -R "$KENTUCKY" kentucky
cp "$TESTDIR"/*.xml .
mealsync campus init campus.db >campus.log && sqlite3 campus.db <"$TESTDIR/district.sql"
mkdir lists

# The day it is: what follows happens on it.
on() {
  day=$1
}

# The POS writes its file: STUDENT STATUS CODE START [END], a line each.
pos() {
  while read -r student status code start end; do
    echo "19900000$(printf %02d "$student"),Sample,Student,01/01/2004,,$status,${code#-},$start,$end"
  done >IC_Eligibility.txt
}

# Without what differs from run to run: its name, who ran it, where, and the hour of a file.
neutral() {
  sed -E "s/ ?\(run [^)]*\)//; s|'[^']*/|'|; s/by [^ ]+ since/by SOMEBODY since/; s/( bytes, of ).*/\1NOW/"
}

# An import: its line, and what it found, by code.
import() {
  local code=0
  mealsync run "$@" --as-of "$day" --state state >line 2>said || code=$?
  neutral <line
  sed -nE 's/^    ([0-9]+|MS[0-9]+) +(\w+) +([0-9]+)  (.*)/  \1 \2 x \3: \4/p' said
  return $code
}

# Undoes the import before it.
undo() {
  mealsync undo "$(sed -nE 's/.*\(run ([^)]*)\).*/\1/p' line)" --state state "$@" 2>&1 | sed -E 's/[0-9]{8}-[0-9]{6}-\w+/RUN/g'
}

# An import each night from the day after until that one; nights that come to the same are told together.
nights_until() {
  local last=$1 before='' began='' now
  while [[ $day < $last ]]; do
    on "$(date -d "$day + 1 day" +%F)"
    now=$(import "${2:-elm-pos.xml}")
    [[ $now == "$before" ]] || told_nights
    [[ $now == "$before" ]] || began=$day
    before=$now until=$day
  done
  told_nights
}
told_nights() {
  [[ -z $began ]] || echo "$began to $until: $before"
}

# What Campus has of the students: year, status, source, type, first and last day.
meals() {
  sqlite3 -separator ' ' campus.db "
    SELECT substr(stateID, 10), endYear, eligibility, source, type, startDate, endDate, CASE extended WHEN 1 THEN 'extended' ELSE '' END
    FROM POSEligibility JOIN Person USING (personID) ORDER BY stateID, startDate, endYear" | sed 's/ $//'
}

# What is in one and not in the other.
changes() {
  diff -U0 "$@" | sed '/^---/d; /^+++/d; /^@@/d'
}

# What is served on the day.
served() {
  sqlite3 -separator ' ' campus.db "
    SELECT substr(stateID, 10), coalesce((SELECT eligibility FROM POSEligibility AS meal
      WHERE meal.personID = Person.personID AND startDate <= '$day' AND endDate >= '$day'), 'none')
    FROM Person ORDER BY stateID" | tr '\n' ',' | sed 's/,$/\n/; s/,/, /g'
}
