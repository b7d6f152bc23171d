// A person at the page: gives the token, submits a run, follows it to its end, opens a diff.
// usage: node page.mjs SETTINGS.json     fails with what was expected and what was seen

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const PATIENCE = 60_000;
const browser = await chromium.launch({
  executablePath: settings.chromium,
  args: process.getuid() === 0 ? ["--no-sandbox"] : [],
});
const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, colorScheme: "light" });
const page = await context.newPage();
page.setDefaultTimeout(PATIENCE);
const violations = [];
page.on("console", message => {
  if (/Content Security Policy/.test(message.text())) violations.push(message.text());
});

async function signIn() {
  await page.goto(settings.url);
  await page.getByLabel("Token").fill("not-the-token-at-all");
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("This token is not the service's.").waitFor();
  await page.getByLabel("Token").fill(settings.token);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("New run").waitFor();
  assert.ok(!page.url().includes(settings.token), "the token is in the address");
}

async function refusedOrder() {
  await page.getByText("New run").click();
  await page.getByLabel("Repository").fill("file:///etc");
  await page.getByLabel("Output").fill(settings.output);
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByText("input: this service allows no such input").waitFor();
}

/** Every state and share of progress that the page shows until the run has ended. */
async function followToItsEnd() {
  await page.getByLabel("Repository").fill(settings.input);
  await page.getByLabel("Name", { exact: true }).fill(settings.name);
  await page.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => {
      const state = document.getElementById("run-state").textContent;
      const share = document.getElementById("bar").getAttribute("aria-valuenow");
      if (window.seen.at(-1) !== `${state} ${share}`) window.seen.push(`${state} ${share}`);
    }).observe(document.getElementById("run"), { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole("button", { name: "Submit" }).click();
  await page.locator("#run-name", { hasText: settings.name }).waitFor();
  await page.locator("#run-state", { hasText: "with problems" }).waitFor();
  const seen = await page.evaluate(() => window.seen);
  const shares = seen.filter(s => s.startsWith("running")).map(s => Number(s.split(" ")[1]));
  assert.ok(shares.some(share => share > 0 && share < 100), `no progress was shown: ${seen}`);
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b), "progress went back");
}

/** A file's name that is markup stays text; were it made markup, it would run. */
async function hostileNames() {
  await page.locator("#failures").getByText(settings.hostile).waitFor();
  assert.equal(await page.locator("#run img, #runs img").count(), 0, "a name became an element");
  assert.equal(await page.title(), "telemetry-inject", "a script in a name ran");
  const bare = await context.newPage();
  await bare.setContent("<body></body>");
  await bare.evaluate(name => { document.body.innerHTML = name; }, settings.hostile);
  await bare.waitForFunction(() => document.title === "stolen");
  await bare.close();
}

async function inlineScriptsAreRefused() {
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'stolen'";
    document.body.append(script);
  });
  assert.equal(await page.title(), "telemetry-inject", "an inline script ran");
  assert.ok(violations.length > 0, "the browser refused nothing");
}

async function openDiff() {
  await page.getByLabel("Filter").fill(settings.file);
  const rows = page.locator("#files tr");
  await page.waitForFunction(() => document.querySelectorAll("#files tr").length === 1);
  await rows.first().getByRole("button").click();
  await page.locator("#diff ins").first().waitFor();
  const kept = await page.locator("#diff").evaluate(diff => {
    const copy = diff.cloneNode(true);
    copy.querySelectorAll("ins").forEach(inserted => inserted.remove());
    return copy.textContent;
  });
  const original = readFileSync(settings.original, "utf8").replaceAll("\n", "");
  assert.equal(kept, original, "without marked text it is the original");
  assert.match(await page.locator("#diff").textContent(), /_tel\.func_entry/);
}

async function lostConnection() {
  await context.setOffline(true);
  await page.getByText("Connection lost").waitFor();
  await context.setOffline(false);
  await page.getByText("Connection lost").waitFor({ state: "hidden" });
}

async function narrow() {
  await page.setViewportSize({ width: 380, height: 800 });
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(width <= 380, `the page is ${width} wide on a narrow screen`);
}

async function picture(file) {
  await page.getByLabel("Filter").fill("");
  await page.waitForFunction(() => document.querySelectorAll("#files tr").length > 1);
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.screenshot({ path: file, fullPage: true });
}

try {
  for (const step of [signIn, refusedOrder, followToItsEnd, hostileNames, openDiff]) await step();
  if (settings.picture) await picture(settings.picture);
  for (const step of [lostConnection, narrow, inlineScriptsAreRefused]) await step();
} finally {
  await browser.close();
}
