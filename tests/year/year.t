A year of Elm County, and the first weeks of the next, day by day: what a technician does, and what comes of it. Students
1 to 4 are at Oak Middle, 5 to 7 at Ash High, 8 at Elm Elementary, which feeds everybody (CEP); 9 comes in January. 2 and 3
are one family, 5 and 6 another. What year before has left lasts until September 20.

  $ . "$TESTDIR/functions.sh"
  $ meals
  1 2016 F N Income 2015-08-12 2016-09-20
  4 2016 R N Income 2015-08-12 2016-09-20

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
  elm-pos: TEST, nothing written: 4 new, 0 updated, 0 existing, 1 skipped, 1 rejected
    1001 error x 1: State ID '******0099' not found (line 6)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 5)
  $ meals
  1 2016 F N Income 2015-08-12 2016-09-20
  4 2016 R N Income 2015-08-12 2016-09-20
  $ import elm-pos.xml
  elm-pos: 4 new, 0 updated, 0 existing, 1 skipped, 1 rejected
    1001 error x 1: State ID '******0099' not found (line 6)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 5)
  $ meals
  1 2016 F N Income 2015-08-12 2016-08-09
  1 2017 F N Income 2016-08-10 2017-09-20
  2 2017 R N Income 2016-08-10 2017-09-20
  4 2016 R N Income 2015-08-12 2016-09-20
  5 2017 S N Income 2016-08-10 2017-09-20
  7 2017 F D Homeless 2016-08-10 2017-09-20
  $ served
  1 F, 2 R, 3 none, 4 R, 5 S, 6 none, 7 F, 8 none, 9 none

The nights after it change nothing, and say that the file is the same.

  $ nights_until 2016-09-06
  2016-08-11 to 2016-09-06: elm-pos: 0 new, 0 updated, 4 existing, 1 skipped, 1 rejected
    1001 error x 1: State ID '******0099' not found (line 6)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 5)
  $ nights_until 2016-09-11
  2016-09-07 to 2016-09-11: elm-pos: 0 new, 0 updated, 4 existing, 1 skipped, 1 rejected
    1001 error x 1: State ID '******0099' not found (line 6)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 5)

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
  elm-pos: 3 new, 0 updated, 3 existing, 1 skipped, 1 rejected
    4001 error x 1: Invalid [status|code] 'F|INCC' (line 6)
    4001 info x 1: Unmapped 1 times: <map when="F|INCC" eligibility="" source="" certified_type=""/>
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ meals
  1 2016 F N Income 2015-08-12 2016-08-09
  1 2017 F N Income 2016-08-10 2017-09-20
  2 2017 R N Income 2016-08-10 2016-09-11
  2 2017 F N Categorical 2016-09-12 2017-09-20
  3 2017 S N Denied 2016-09-12 2017-09-20
  4 2016 R N Income 2015-08-12 2016-09-11
  4 2017 R N Income 2016-09-12 2017-09-20
  5 2017 S N Income 2016-08-10 2017-09-20
  7 2017 F D Homeless 2016-08-10 2017-09-20

2016-09-13: the code is corrected.

  $ on 2016-09-13
  $ sed -i 's/INCC/INC/' IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 1 new, 0 updated, 6 existing, 1 skipped, 0 rejected
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ nights_until 2016-09-19
  2016-09-14 to 2016-09-19: elm-pos: 0 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)

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
  elm-dc: 1 new, 0 updated, 0 existing, 2 skipped, 0 rejected
    1001 info x 1: State ID '******0077' not found (line 4)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 3)
  $ meals | grep '^[568]'
  5 2017 S N Income 2016-08-10 2016-09-18
  5 2017 F D SNAP 2016-09-19 2017-09-20
  6 2017 F N Income 2016-09-12 2016-09-18
  6 2017 F D SNAP 2016-09-19 2017-09-20 extended

The POS does not know of it yet, and takes nothing away.

  $ nights_until 2016-10-16
  2016-09-21 to 2016-10-16: elm-pos: 0 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ served
  1 F, 2 F, 3 S, 4 R, 5 F, 6 F, 7 F, 8 none, 9 none
  $ on 2016-10-17
  $ sed '/1990000005/d' lists/SGNDC_DCEXTEND_2016_SEP_0919.csv >lists/SGNDC_DCEXTEND_2016_OCT_1015.csv
  $ import elm-dc.xml
  elm-dc: 0 new, 0 updated, 0 existing, 2 skipped, 0 rejected
    1001 info x 1: State ID '******0077' not found (line 3)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 2)
  $ meals | grep '^[568]'
  5 2017 S N Income 2016-08-10 2016-09-18
  5 2017 F D SNAP 2016-09-19 2017-09-20
  6 2017 F N Income 2016-09-12 2016-09-18
  6 2017 F D SNAP 2016-09-19 2017-09-20 extended

2016-11-07: the POS has been down since Friday, and its file with it; then half of it is written.

  $ on 2016-11-07
  $ mv IC_Eligibility.txt away
  $ import elm-pos.xml
  elm-pos: unsuccessful, nothing committed: File 'IC_Eligibility.txt' cannot be found: No such file or directory; 0 new, 0 updated, 0 existing, 0 skipped, 0 rejected
  [3]
  $ head -c 200 away >IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 0 new, 0 updated, 3 existing, 0 skipped, 1 rejected
    4010 error x 1: Wrong number of columns: 4, expected 9 (line 4)
  $ mv away IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 0 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ mealsync log elm-pos --failed --state state | sed -E 's/^[^ ]+//; s/[^ ]+$//'
    unsuccessful  elm-pos                        0 errors       0 warnings  

2017-01-09: 9 enrolls, on a free status of his own.

  $ nights_until 2017-01-08
  2016-11-08 to 2017-01-08: elm-pos: 0 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ on 2017-01-09
  $ echo '1990000009,Sample,Student,01/01/2004,,F,MIGRANT,01/09/2017,' >>IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 1 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ served
  1 F, 2 F, 3 S, 4 R, 5 F, 6 F, 7 F, 8 none, 9 F

2017-02-01: by mistake 1 is typed as denied since the day before, and 7 as Paid, who keeps what he is certified for. The
import is undone the next morning, before the POS is right.

  $ nights_until 2017-01-31
  2017-01-10 to 2017-01-31: elm-pos: 0 new, 0 updated, 8 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ on 2017-02-01
  $ meals >january
  $ cp IC_Eligibility.txt right.txt
  $ sed -i 's/F,INC,08.10.2016/P,DENIED,01\/31\/2017/; s/F,HOMELESS,08.10.2016/P,INC,01\/31\/2017/' IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 1 new, 0 updated, 7 existing, 1 skipped, 0 rejected
    3041 warning x 1: Not imported: '******0007' is certified directly (Free Direct) (line 7)
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ meals | changes january -
  -1 2017 F N Income 2016-08-10 2017-09-20
  +1 2017 F N Income 2016-08-10 2017-01-30
  +1 2017 S N Denied 2017-01-31 2017-09-20
  $ on 2017-02-02
  $ undo --test
  elm-pos: TEST, nothing written: run RUN is undone: 1 records taken out, 0 put back, 1 set back (run RUN)
  $ undo
  elm-pos: run RUN is undone: 1 records taken out, 0 put back, 1 set back (run RUN)
  $ meals | diff january -
  $ mv right.txt IC_Eligibility.txt
  $ import elm-pos.xml
  elm-pos: 0 new, 0 updated, 8 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)

2017-06-20: the last day of school is over. The import is stopped, and stays stopped until the POS has rolled over.

  $ nights_until 2017-06-19
  2017-02-03 to 2017-06-19: elm-pos: 0 new, 0 updated, 8 existing, 1 skipped, 0 rejected
    3042 warning x 2: Imported only for the days of '******0005' that no better record covers (first at line 5)
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
    7001 info x 1: The student is at school '010', where all meals are free (CEP) (line 8)
  $ on 2017-06-20
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state
  elm-pos is held from now on: the POS rolls over
  $ nights_until 2017-07-05
  2017-06-21 to 2017-07-05: elm-pos: held, nothing committed: Pipeline 'elm-pos' is held by SOMEBODY since 2017-06-20: the POS rolls over; 0 new, 0 updated, 0 existing, 0 skipped, 0 rejected
  $ meals >june

2017-07-05: somebody starts it again too early. The pipeline is of the old year: nothing is read.

  $ on 2017-07-05
  $ mealsync resume elm-pos.xml --state state --as-of $day | neutral
  elm-pos runs again; it was held by SOMEBODY since 2017-06-20: the POS rolls over
  $ import elm-pos.xml
  elm-pos: refused, nothing committed: School year 2016-17 is over on 2017-07-05; 0 new, 0 updated, 0 existing, 0 skipped, 0 rejected
  [4]
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state
  elm-pos is held from now on: the POS rolls over

2017-07-20: the POS rolls over and writes files of the new year. Under the old year's mapping not one may come in, whatever
the day is said to be.

  $ on 2017-06-30
  $ mv IC_Eligibility.txt old.txt
  $ pos <<POS
  > 1 F INC 08/09/2017
  > 2 R INC 08/09/2017
  > 4 P INC 08/09/2017
  > POS
  $ mealsync resume elm-pos.xml --state state --as-of $day | neutral
  elm-pos runs again; it was held by SOMEBODY since 2017-07-05: the POS rolls over
  $ import elm-pos.xml
  elm-pos: refused, nothing committed: 3 of 3 records do not fit school year 2016-17, more than 20 %; errors: 3 x 5002 (Start date 2017-08-09 is outside school year 2016-17); 0 new, 0 updated, 0 existing, 0 skipped, 3 rejected
    5002 error x 3: Start date 2017-08-09 is outside school year 2016-17 (first at line 1)
  [4]
  $ mealsync hold elm-pos.xml --reason 'the POS rolls over' --as-of $day --state state
  elm-pos is held from now on: the POS rolls over

2017-08-02: the rollover. First the old file is still there, then the new one; then it has been done.

  $ on 2017-08-02
  $ mealsync log --state state --as-of $day 2>&1 >log | neutral
  $ mv IC_Eligibility.txt new.txt; cp old.txt IC_Eligibility.txt
  $ rollover() { mealsync rollover "$@" --to 2017-18 --expiration 2018-09-20 --as-of $day --state state 2>said | neutral; }
  $ rollover elm-pos.xml
  elm-pos: to 2017-18
    ok    stopped      held by SOMEBODY since 2017-06-30
    ok    school year  2016-17 becomes 2017-18
    ok    connection   File 'IC_Eligibility.txt', 517 bytes, of NOW
    STOP  newest file  the newest file is not of the new year: has the POS rolled over? 9 of 9 records do not fit school year 2017-18, more than 20 %; errors: 9 x 5002 (Start date 2016-08-10 is outside school year 2017-18)
  elm-pos: refused: stopped at: newest file; the newest file is not of the new year: has the POS rolled over? 9 of 9 records do not fit school year 2017-18, more than 20 %; errors: 9 x 5002 (Start date 2016-08-10 is outside school year 2017-18)
  $ mv new.txt IC_Eligibility.txt
  $ rollover elm-pos.xml --dry-run
  elm-pos: to 2017-18
    ok    stopped      held by SOMEBODY since 2017-06-30
    ok    school year  2016-17 becomes 2017-18
    ok    connection   File 'IC_Eligibility.txt', 168 bytes, of NOW
    ok    newest file  IC_Eligibility.txt fits 2017-18
    ok    test import  elm-pos: TEST, nothing written: 3 new, 0 updated, 0 existing, 0 skipped, 0 rejected
    ok    written      would write 2017-18 in elm-pos.xml
    ok    resumed      would start it again
  elm-pos: ready
  $ diff "$TESTDIR/elm-pos.xml" elm-pos.xml
  $ rollover elm-pos.xml
  elm-pos: to 2017-18
    ok    stopped      held by SOMEBODY since 2017-06-30
    ok    school year  2016-17 becomes 2017-18
    ok    connection   File 'IC_Eligibility.txt', 168 bytes, of NOW
    ok    newest file  IC_Eligibility.txt fits 2017-18
    ok    test import  elm-pos: TEST, nothing written: 3 new, 0 updated, 0 existing, 0 skipped, 0 rejected
    ok    written      2017-18 in elm-pos.xml
    ok    resumed      it runs again as scheduled
  elm-pos: rolled over
  $ changes "$TESTDIR/elm-pos.xml" elm-pos.xml
  -<pipeline name="elm-pos" district="Elm County" school_year="2016-17">
  +<pipeline name="elm-pos" district="Elm County" school_year="2017-18">
  -  <variable name="expiration" value="2017-09-20"/>
  +  <variable name="expiration" value="2018-09-20"/>
  $ rollover elm-pos.xml
  elm-pos: already: it is of school year 2017-18 already, and runs
  $ meals | diff june -

2017-08-09: the second year begins. The first record of the new year ends what was carried over; who is not named lives on it.

  $ on 2017-08-09
  $ import elm-pos.xml
  elm-pos: 3 new, 0 updated, 0 existing, 0 skipped, 0 rejected
  $ meals
  1 2016 F N Income 2015-08-12 2016-08-09
  1 2017 F N Income 2016-08-10 2017-08-08
  1 2018 F N Income 2017-08-09 2018-09-20
  2 2017 R N Income 2016-08-10 2016-09-11
  2 2017 F N Categorical 2016-09-12 2017-08-08
  2 2018 R N Income 2017-08-09 2018-09-20
  3 2017 S N Denied 2016-09-12 2017-09-20
  4 2016 R N Income 2015-08-12 2016-09-11
  4 2017 R N Income 2016-09-12 2017-08-08
  4 2018 S N Income 2017-08-09 2018-09-20
  5 2017 S N Income 2016-08-10 2016-09-18
  5 2017 F D SNAP 2016-09-19 2017-09-20
  6 2017 F N Income 2016-09-12 2016-09-18
  6 2017 F D SNAP 2016-09-19 2017-09-20 extended
  7 2017 F D Homeless 2016-08-10 2017-09-20
  9 2017 F D Migrant 2017-01-09 2017-09-20
  $ served
  1 F, 2 R, 3 S, 4 S, 5 F, 6 F, 7 F, 8 none, 9 F
  $ nights_until 2017-09-20
  2017-08-10 to 2017-09-20: elm-pos: 0 new, 0 updated, 3 existing, 0 skipped, 0 rejected
    9004 warning x 1: File 'IC_Eligibility.txt' is the same as at the last import, byte for byte
  $ on 2017-09-21
  $ served
  1 F, 2 R, 3 none, 4 S, 5 none, 6 none, 7 none, 8 none, 9 none
