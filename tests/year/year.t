A year of Elm County, and the first weeks of the next, day by day: what a technician does, and what comes of it. Students
1 to 4 are at Oak Middle, 5 to 7 at Ash High, 8 at Elm Elementary, which feeds everybody (CEP); 9 comes in January. 2 and 3
are one family, 5 and 6 another. What year before has left lasts until September 20.

  $ . "$TESTDIR/functions.sh"
  $ meals

2016-08-10: school begins, with the first applications. 1 is Free again; 4 has not applied yet and lives on what was carried
over. The POS names a child whom Campus does not have.

  $ on 2016-08-10
  $ pos <<POS
  > 1 F INC 08/10/2016
  > 2 R INC 08/10/2016
  > 5 P INC 08/10/2016
  > 7 F HOMELESS 08/10/2016
  > 8 F INC 08/10/2016
  > 99 F INC 08/10/2016
  > POS
  $ import --test elm-pos.xml
  $ meals
  $ import elm-pos.xml
  $ meals
  $ served

The nights after it change nothing, and say that the file is the same.

  $ nights_until 2016-09-06
  $ nights_until 2016-09-11

2016-09-12: 2's application was approved after all, 4 applies at last, and the clerk mistypes a code.

  $ on 2016-09-12
  $ pos <<POS
  > 1 F INC 08/10/2016
  > 2 F CASE 09/12/2016
  > 3 P DENIED 09/12/2016
  > 4 R INC 09/12/2016
  > 5 P INC 08/10/2016
  > 6 F INCC 09/12/2016
  > 7 F HOMELESS 08/10/2016
  > 8 F INC 08/10/2016
  > POS
  $ import elm-pos.xml
  $ meals

2016-09-13: the code is corrected.

  $ on 2016-09-13
  $ sed -i 's/INCC/INC/' IC_Eligibility.txt
  $ import elm-pos.xml
  $ nights_until 2016-09-19

2016-09-20: the state's list for September. 5 has SNAP, and with him 6, of the same family; 8 is at the school that feeds
everybody. The next list, of October, names nobody new: absence ends nothing.

  $ on 2016-09-20
  $ cat >lists/SGNDC_DCEXTEND_2016_SEP_0919.csv <<LIST
  > SSID,LAST_NAME,FIRST_NAME,DOB,CASE_NO,PROGRAM,ELIG,CERT_DATE
  > 1990000005,SAMPLE,STUDENT,2004-01-05,C000000001,S,F,2016-09-19
  > 1990000008,SAMPLE,STUDENT,2004-01-08,C000000002,S,F,2016-09-19
  > 1990000077,ELSEWHERE,STUDENT,2004-01-08,C000000003,S,F,2016-09-19
  > LIST
  $ import elm-dc.xml
  $ meals | grep '^[568]'

The POS does not know of it yet, and takes nothing away.

  $ nights_until 2016-10-16
  $ served
  $ on 2016-10-17
  $ sed '/1990000005/d' lists/SGNDC_DCEXTEND_2016_SEP_0919.csv >lists/SGNDC_DCEXTEND_2016_OCT_1015.csv
  $ import elm-dc.xml
  $ meals | grep '^[568]'

2016-11-07: the POS has been down since Friday, and its file with it; then half of it is written.

  $ on 2016-11-07
  $ mv IC_Eligibility.txt away
  $ import elm-pos.xml
  $ head -c 200 away >IC_Eligibility.txt
  $ import elm-pos.xml
  $ mv away IC_Eligibility.txt
  $ import elm-pos.xml
  $ mealsync log elm-pos --failed --state state | sed -E 's/^[^ ]+//; s/[^ ]+$//'

2017-01-09: 9 enrolls, on a free status of his own.

  $ nights_until 2017-01-08
  $ on 2017-01-09
  $ echo '1990000009,Sample,Student,01/01/2004,,F,MIGRANT,01/09/2017,' >>IC_Eligibility.txt
  $ import elm-pos.xml
  $ served

2017-02-01: by mistake 1 is typed as denied since the day before, and 7 as Paid, who keeps what he is certified for. The
import is undone the next morning, before the POS is right.

  $ nights_until 2017-01-31
  $ on 2017-02-01
  $ meals >january
  $ cp IC_Eligibility.txt right.txt
  $ sed -i 's/F,INC,08.10.2016/P,DENIED,01\/31\/2017/; s/F,HOMELESS,08.10.2016/P,INC,01\/31\/2017/' IC_Eligibility.txt
  $ import elm-pos.xml
  $ meals | diff january -
  [1]

2017-06-20: the last day of school is over. The import is stopped, and stays stopped until the POS has rolled over.

  $ nights_until 2017-06-19
  $ on 2017-06-20
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state
  $ nights_until 2017-07-05
  $ meals >june

2017-07-05: somebody starts it again too early. The pipeline is of the old year: nothing is read.

  $ on 2017-07-05
  $ mealsync resume elm-pos.xml --state state --as-of $day | sed 's/by .* since/by SOMEBODY since/'
  $ import elm-pos.xml
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state

2017-07-20: the POS rolls over and writes files of the new year. Under the old year's mapping not one may come in, whatever
the day is said to be.

  $ on 2017-06-30
  $ mv IC_Eligibility.txt old.txt
  $ pos <<POS
  > 1 F INC 08/09/2017
  > 2 R INC 08/09/2017
  > 4 P INC 08/09/2017
  > POS
  $ mealsync resume elm-pos.xml --state state --as-of $day | sed 's/by .* since/by SOMEBODY since/'
  $ import elm-pos.xml
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state

2017-08-02: the rollover. First the old file is still there, then the new one; then it has been done.

  $ on 2017-08-02
  $ mealsync log --state state --as-of $day 2>&1 >log | sed 's/by .* since/by SOMEBODY since/'
  $ mv IC_Eligibility.txt new.txt; cp old.txt IC_Eligibility.txt
  $ rollover() { mealsync rollover "$@" --to 2017-18 --expiration 2018-09-20 --as-of $day --state state 2>said | sed -E 's/\(run [^)]*\)/(run)/; s/by .* since/by SOMEBODY since/'; }
  $ rollover elm-pos.xml
  $ mv new.txt IC_Eligibility.txt
  $ rollover elm-pos.xml --dry-run
  $ diff "$TESTDIR/elm-pos.xml" elm-pos.xml
  $ rollover elm-pos.xml
  $ diff "$TESTDIR/elm-pos.xml" elm-pos.xml
  [1]
  $ rollover elm-pos.xml
  $ meals | diff june -

2017-08-09: the second year begins. The first record of the new year ends what was carried over; who is not named lives on it.

  $ on 2017-08-09
  $ import elm-pos.xml
  $ meals
  $ served
  $ nights_until 2017-09-20
  $ on 2017-09-21
  $ served

