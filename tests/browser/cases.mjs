// The pages that are looked at: of runs of the real program on the sample district, in a folder that goes away.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sample = new URL("../../pipelines/sample/", import.meta.url).pathname;
const codes = new URL("../../pipelines/kentucky/codes.xml", import.meta.url).pathname;

export const hostile = `"><script>document.title='run'</script><img src=x onerror="document.title='run'">&amp;'`;
const turned = "\u202Etsrif\u200F\u2067";
export const longest = 5000;

export class District {
  constructor(mealsync) {
    this.mealsync = mealsync;
    this.folder = mkdtempSync(join(tmpdir(), "mealsync-browser-"));
    this.program("campus", "init", "campus.db");
    this.sql(readFileSync(join(sample, "campus.sql"), "utf8"));
    this.pipeline = readFileSync(join(sample, "pos_to_campus.xml"), "utf8").replace("../kentucky/codes.xml", codes);
    this.pos = readFileSync(join(sample, "IC_Eligibility.txt"));
  }
  remove() {
    rmSync(this.folder, { recursive: true });
  }

  program(...words) {
    return spawnSync(this.mealsync, words, { cwd: this.folder, encoding: "utf8", env: { HOME: this.folder } });
  }
  sql(statements) {
    execFileSync("sqlite3", ["-bail", join(this.folder, "campus.db")], { input: statements });
  }

  /// Runs the import; gives the page's path, and fails where the program does not end as it has to.
  page(name, exit, ...words) {
    writeFileSync(join(this.folder, "pipeline.xml"), this.pipeline);
    writeFileSync(join(this.folder, `${name}.txt`), this.pos);
    const ran = this.program("run", "pipeline.xml", "--as-of", "2016-09-06", "--state", "state", "--set", "campus=campus.db",
      "--set", `pos=${name}.txt`, "--set", `reports=${name}`, ...words);
    if (ran.status !== exit) throw new Error(`${name}: exit code ${ran.status}: ${ran.stderr}`);
    return join(this.folder, name, readdirSync(join(this.folder, name)).find((file) => file.endsWith(".html")));
  }

  /// A table of the last run's district and file, as a page.
  report(what, name, ...words) {
    const path = join(this.folder, `${what}.html`);
    const ran = this.program("report", what, "pipeline.xml", "--as-of", "2016-09-06", "--set", "campus=campus.db",
      "--set", `pos=${name}.txt`, "--format", "html", "--output", path, ...words);
    if (ran.status !== 0) throw new Error(`${what}: exit code ${ran.status}: ${ran.stderr}`);
    return path;
  }
}

/// Students who are in Campus, each with a record, and a line for each: more than a page lists.
function many(students) {
  const rows = (of) => Array.from({ length: students }, (_, i) => of(i + 1)).join(",");
  const id = (i) => 3000000000 + i;
  const school = "(SELECT min(calendarID) FROM Calendar WHERE endYear = 2017)";
  const sql = `BEGIN;
    INSERT INTO Person (personID, stateID, currentIdentityID) VALUES ${rows((i) => `(${90000 + i}, ${id(i)}, ${90000 + i})`)};
    INSERT INTO Identity (identityID, personID, lastName, firstName)
      VALUES ${rows((i) => `(${90000 + i}, ${90000 + i}, 'Many', 'No ${i}')`)};
    INSERT INTO Enrollment (personID, calendarID, endYear, serviceType, startDate, active)
      VALUES ${rows((i) => `(${90000 + i}, ${school}, 2017, 'P', '2016-08-10', 1)`)};
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate)
      VALUES ${rows((i) => `(${90000 + i}, 2017, 'Meal', 'S', 'N', 'Denied', '2016-08-10', '2017-06-30')`)};
    COMMIT;`;
  return { sql, id };
}

/// Every case, in the order in which the runs change the district.
export function cases(mealsync) {
  const district = new District(mealsync);
  const pages = { test: district.page("test", 0, "--test"), good: district.page("good", 0) };

  const lines = district.pos.toString("latin1").split("\r\n");
  const sound = lines.find((line) => line.split(",").length === 9);
  const unknown = (i) => `${2999000000 + i},${sound.split(",").slice(1).join(",")}`;
  const whole = district.pos;
  district.pos = Buffer.from(lines.map((line, i) => (i % 2 ? line : unknown(i))).join("\r\n"), "latin1");
  pages.refused = district.page("refused", 4);

  const { sql, id } = many(longest + 1);
  district.sql(sql);
  const own = sound.split(",");
  const line = (i) => [id(i), ...own.slice(1)].join(",");
  const unknowns = Array.from({ length: longest + 1 }, (_, i) => unknown(i));
  district.pos = Buffer.from([...Array.from({ length: longest + 1 }, (_, i) => line(i + 1)), ...unknowns, ""].join("\r\n"));
  district.pipeline = district.pipeline.replace(/<guard[^>]*>/, '<guard rejected_percent="100" changed_percent="100" ended_percent="100" ' +
    'lost_percent="100" share_points="100" file_percent="0" school_changed_percent="100" school_ended_percent="100" ' +
    'school_lost_percent="100" school_file_percent="0"/>');
  pages.long = district.page("long", 0);

  const quoted = hostile.replaceAll("'", "''");
  district.sql(`UPDATE Identity SET lastName = '${quoted}', firstName = '${turned} שלום';
    UPDATE School SET number = '${quoted}' || number;`);
  const xml = hostile.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  district.pipeline = district.pipeline.replace('district="Tamarack County"', `district="${xml}"`);
  const unmapped = own.map((cell, i) => (i === 6 ? `"${hostile.replaceAll('"', '""')}"` : cell));
  district.pos = Buffer.concat([whole, Buffer.from(`${unmapped.join(",")}\r\n`)]);
  pages.hostile = district.page("<b>&'", 0);
  pages.missing = district.report("missing", "<b>&'");

  return { pages, remove: () => district.remove() };
}
