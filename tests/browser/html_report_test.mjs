// Pages of reports, as people use them: opened, sorted, filtered, printed, on a phone, in the dark, by keyboard.
//
// Usage: html_report_test.mjs MEALSYNC PACKAGES PICTURES     PACKAGES: where package-lock.json is installed
//                                                            PICTURES: where screenshots and prints are left
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { cases, hostile, longest } from "./cases.mjs";

const [mealsync, packages, pictures] = process.argv.slice(2);
const require = createRequire(join(packages, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const names = ["good", "test", "refused", "long", "hostile", "missing"];
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Rows are alike: of a long table a few are enough.
const alike = "tbody tr:nth-child(n+8)";

let made, browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  made = cases(mealsync);
  // Root has no sandbox: the pages are our own.
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  made?.remove();
});

function chromiumPath() {
  return execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
}

/// Opens a page, uses it, and expects that the browser had nothing to say and asked for nothing but the page.
async function on(name, use, { viewport = desk, colorScheme = "light" } = {}) {
  const page = await browser.newPage({ viewport, colorScheme });
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => said.push(dialog.message()) && dialog.dismiss());
  page.on("request", (request) => asked.push(request.url()));
  const address = pathToFileURL(made.pages[name]).href;
  try {
    await page.goto(address);
    await use(page);
    assert.deepEqual(said, []);
    assert.deepEqual(asked, [address]);
  } finally {
    await page.close();
  }
}

async function violations(page) {
  await page.evaluate(axe);
  const { passes, violations } = await page.evaluate(
    ([tags, exclude]) => axe.run({ exclude: [[exclude]] }, { runOnly: tags, resultTypes: ["violations"] }),
    [rules, alike],
  );
  for (const id of ["color-contrast", "html-has-lang"])
    assert.ok(passes.some((pass) => pass.id === id), `${id} was not checked`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

const tableOf = (page, id) => page.locator(".table", { has: page.locator(`#${id}-caption`) });
const columnOf = (table, number) => table.locator(`tbody tr:not([hidden]) td:nth-child(${number})`).allTextContents();
const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) });

for (const name of names)
  describe(`The page: ${name}`, () => {
    for (const colorScheme of ["light", "dark"])
      it(`has nothing that an accessibility checker objects to, ${colorScheme}`, () =>
        on(name, async (page) => {
          assert.deepEqual(await violations(page), []);
          await picture(page, `${name}-${colorScheme}`);
        }, { colorScheme }));

    it("fits a phone", () =>
      on(name, async (page) => {
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), phone.width);
        assert.deepEqual(await violations(page), []);
        await picture(page, `${name}-phone`);
      }, { viewport: phone }));
  });

describe("The banner", () => {
  const banner = (page) => page.locator(".banner").allInnerTexts();
  it("is on no page of a good run", () => on("good", async (page) => assert.deepEqual(await banner(page), [])));
  it("says that a test wrote nothing", () =>
    on("test", async (page) => assert.deepEqual(await banner(page), ["TEST IMPORT - nothing was written"])));
  it("says why a run was refused", () =>
    on("refused", async (page) => assert.match((await banner(page)).join(), /^refused - nothing was written .+/i)));
});

describe("A table", () => {
  it("is sorted by a click, and back by the next", () =>
    on("good", async (page) => {
      const table = tableOf(page, "existing");
      const head = table.getByRole("columnheader", { name: "Name" });
      const names = await columnOf(table, 1);
      await head.getByRole("button").click();
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      const ascending = await columnOf(table, 1);
      await head.getByRole("button").click();
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
      assert.deepEqual(ascending, [...names].sort(words.compare));
      assert.notDeepEqual(ascending, names);
      assert.equal((await columnOf(table, 1))[0], ascending.at(-1));
    }));

  it("is sorted by the keyboard, by one column at a time, numbers by their size", () =>
    on("good", async (page) => {
      const table = tableOf(page, "by-school");
      const students = table.getByRole("columnheader", { name: "Students" });
      await students.getByRole("button").focus();
      await page.keyboard.press("Enter");
      const numbers = (await columnOf(table, 2)).map(Number);
      assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
      await page.keyboard.press("Space");
      assert.equal(await students.getAttribute("aria-sort"), "descending");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await students.getAttribute("aria-sort"), null);
      assert.equal(await table.locator("[aria-sort]").count(), 1);
    }));

  it("shows the rows with all the words that are asked for, and says how many", () =>
    on("good", async (page) => {
      const table = tableOf(page, "existing");
      const all = (await columnOf(table, 1)).length;
      await table.getByLabel("Show rows with").fill("reduced FOSTER");
      const both = await table.locator("tbody tr:not([hidden])").allInnerTexts();
      await table.getByLabel("Show rows with").fill("reduced");
      const shown = await table.locator("tbody tr:not([hidden])").allInnerTexts();
      assert.ok(shown.length > 0 && shown.length < all && both.length < shown.length);
      assert.ok(shown.every((row) => row.includes("Reduced")));
      assert.equal(await table.getByRole("status").innerText(), `${shown.length} of ${all} rows`);
      await page.screenshot({ path: join(pictures, "filtered.png") });
      await table.getByLabel("Show rows with").fill("");
      assert.equal((await columnOf(table, 1)).length, all);
    }));

  it("of more rows than a page can have is a link to a file beside it", () =>
    on("long", async (page) => {
      for (const id of ["updated", "findings"]) {
        const link = page.locator(`section[aria-labelledby="${id}"] a`);
        const file = join(dirname(made.pages.long), decodeURIComponent(await link.getAttribute("href")));
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.ok(readFileSync(file, "utf8").split("\r\n").length > longest);
      }
    }));
});

describe("What comes out of a file", () => {
  it("is shown and never run", () =>
    on("hostile", async (page) => {
      assert.match(await page.title(), /<script>/);
      assert.equal(await page.locator("script").count(), 1);
      assert.equal(await page.locator("img").count(), 0);
      const text = await page.locator("body").innerText();
      for (const where of ["header", "#existing + .table", "#schools + figure"])
        assert.ok((await page.locator(where).innerText()).includes(hostile), where);
      assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
    }));
});

describe("A print", () => {
  async function sheetsOf(page, name, format) {
    const path = join(pictures, `${name}.pdf`);
    await page.pdf({ path, format });
    const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
    return text.split("\f").filter((sheet) => sheet.trim());
  }

  for (const [name, format] of [["good", "A4"], ["test", "Letter"]])
    it(`on ${format} repeats the heads of a table on every sheet, and has no controls`, () =>
      on(name, async (page) => {
        const sheets = await sheetsOf(page, name, format);
        const text = sheets.join();
        assert.match(text, /Eligibility Import Report/);
        assert.equal(text.includes("TEST IMPORT"), name === "test");
        assert.doesNotMatch(text, /Show rows with|Skip to the report/);
        for (const sheet of sheets.slice(-3)) assert.match(sheet, /State ID +School Year/);
      }));

  it("has what is folded up on the screen, and only there", () =>
    on("refused", async (page) => {
      const lines = page.locator("details", { has: page.locator("#lines-1001-caption") });
      assert.equal(await lines.getAttribute("open"), null);
      const messages = await lines.locator("tbody tr").count();
      const text = (await sheetsOf(page, "refused", "A4")).join();
      assert.ok(messages > 100);
      assert.ok(text.match(/State ID '.*' not found/g).length >= messages);
      assert.equal(await lines.getAttribute("open"), null);
    }));
});

it("A page can be walked through by keyboard, past its head", () =>
  on("good", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Skip to the report");
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#report$/);
  }));
