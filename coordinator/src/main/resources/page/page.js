// The page: what the service says of runs, kept up to date. Text from elsewhere (names of files,
// functions, reasons) only ever becomes text of the document, never markup.

const API = "/api/v1";
const LIST_MILLIS = 3000;
const RETRY_MILLIS = [1000, 2000, 5000, 10000];
const PAGE_SIZE = 100;
const OUTCOMES = ["applied", "unchanged", "skipped", "rejected", "failed"];

const $ = id => document.getElementById(id);
const number = value => value.toLocaleString("en-US");
const state = { name: null, run: null, stream: null, samples: [], files: [], loaded: null };

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// --- requests: the token goes into a header, never into an address

const token = () => sessionStorage.getItem("token");

async function request(path, options = {}) {
  const headers = { ...(options.headers ?? {}) };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const response = await fetch(API + path, { ...options, headers, cache: "no-store" });
  if (response.status === 401) {
    askForToken(token() ? "This token is not the service's." : "");
    throw new Refused("the token is missing or wrong", []);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(problem.detail ?? `status ${response.status}`, problem.errors ?? []);
  }
  return response;
}

class Refused extends Error {
  constructor(message, fields) { super(message); this.fields = fields; }
}

const json = async path => (await request(path)).json();

function connection(text, lost = false) {
  $("connection").textContent = text;
  $("connection").classList.toggle("lost", lost);
}

// --- token

function askForToken(problem) {
  sessionStorage.removeItem("token");
  state.stream?.abort();
  state.stream = null;
  $("content").hidden = true;
  $("sign-out").hidden = true;
  $("token-form").hidden = false;
  $("token-problem").textContent = problem;
  connection("");
  $("token").focus();
}

$("token-form").addEventListener("submit", event => {
  event.preventDefault();
  sessionStorage.setItem("token", $("token").value.trim());
  $("token").value = "";
  begin();
});

$("sign-out").addEventListener("click", () => askForToken(""));

// --- the list of runs

const STATES = {
  QUEUED: ["waiting", "still"], PREPARING: ["preparing", ""], RUNNING: ["running", ""],
  PUBLISHING: ["sending", ""], COMPLETED: ["completed", "good"], REFUSED: ["refused", "bad"],
  STOPPED: ["stopped", "bad"], CANCELLED: ["cancelled", "still"],
};
const ENDS = ["COMPLETED", "REFUSED", "STOPPED", "CANCELLED"];

function showState(badge, run) {
  let [text, kind] = STATES[run.status.state] ?? [run.status.state, "still"];
  if (run.silent) [text, kind] = ["not heard of", "bad"];
  const { rejected, failed } = run.status.outcomes;
  if (run.status.state === "COMPLETED" && rejected + failed > 0) [text, kind] = ["with problems", ""];
  badge.textContent = text;
  badge.className = `state ${kind}`;
}

function runItem(run) {
  const button = element("button");
  button.type = "button";
  button.setAttribute("aria-current", String(run.status.name === state.name));
  const badge = element("span");
  showState(badge, run);
  const when = new Date(run.status.submitted).toLocaleString();
  button.append(
    element("span", run.status.name, "title"), badge,
    element("span", `${run.status.input}${run.status.ref ? " @ " + run.status.ref : ""}`, "sub"),
    element("span", run.here ? when : `${when} · another coordinator`, "sub"));
  button.addEventListener("click", () => { location.hash = encodeURIComponent(run.status.name); });
  const item = element("li");
  item.append(button);
  return item;
}

let listed = "";

async function refreshList() {
  const { runs } = await json("/runs");
  const key = JSON.stringify([state.name, runs.map(r => [r.status.name, r.status.state, r.silent])]);
  if (key !== listed) {
    listed = key;
    const focused = [...$("runs").querySelectorAll("button")].indexOf(document.activeElement);
    $("runs").replaceChildren(...runs.map(runItem));
    if (focused >= 0) $("runs").querySelectorAll("button")[focused]?.focus();
  }
  $("no-runs").hidden = runs.length > 0;
  return runs;
}

async function keepListing() {
  for (;;) {
    if (!$("content").hidden) {
      try {
        await refreshList();
        if (!state.stream) connection("");
      } catch (problem) {
        if (!(problem instanceof Refused)) connection("Connection lost; trying again …", true);
      }
    }
    await new Promise(done => setTimeout(done, LIST_MILLIS));
  }
}

// --- one run, live. EventSource cannot send a header, so the stream is read with fetch.

async function follow(name) {
  const stream = new AbortController();
  state.stream?.abort();
  state.stream = stream;
  for (let tries = 0; state.stream === stream;) {
    try {
      const headers = { Accept: "text/event-stream" };
      const response = await request(`/runs/${encodeURIComponent(name)}/events`,
        { headers, signal: stream.signal });
      connection("Live");
      tries = 0;
      if (await readEvents(response.body)) {
        connection("");
        if (state.stream === stream) state.stream = null;
        refreshList().catch(() => {});
        return;
      }
    } catch (problem) {
      if (stream.signal.aborted) return;
      if (problem instanceof Refused) {
        connection(problem.message, true);
        if (state.stream === stream) state.stream = null;
        return;
      }
    }
    if (state.stream !== stream) return;
    connection("Connection lost; trying again …", true);
    const wait = RETRY_MILLIS[Math.min(tries++, RETRY_MILLIS.length - 1)];
    await new Promise(done => setTimeout(done, wait));
  }
}

/** Whether the run ended, rather than the connection. */
async function readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return false;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      if (lines.includes("event: end")) return true;
      const data = lines.filter(line => line.startsWith("data: ")).map(line => line.slice(6));
      if (data.length > 0) show(JSON.parse(data.join("\n")));
    }
  }
}

// --- what is shown of a run

const seconds = (from, to) => (new Date(to) - new Date(from)) / 1000;

function span(total) {
  if (!Number.isFinite(total) || total < 0) return "–";
  const whole = Math.round(total);
  if (whole < 60) return total < 10 ? `${total.toFixed(1)} s` : `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const settled = status => OUTCOMES.reduce((sum, kind) => sum + status.outcomes[kind], 0);

/** Functions a second over the last half minute; over the whole run once it has ended. */
function rate(status) {
  if (status.ended && status.started) {
    return settled(status) / Math.max(0.001, seconds(status.started, status.ended));
  }
  state.samples.push({ at: new Date(status.updated), count: settled(status) });
  state.samples = state.samples.filter(s => new Date(status.updated) - s.at <= 30000);
  const [first, last] = [state.samples[0], state.samples.at(-1)];
  return last.at - first.at < 500 ? NaN : (last.count - first.count) / ((last.at - first.at) / 1000);
}

function show(run) {
  if (run.status.name !== state.name) return;
  const status = run.status;
  state.run = run;
  const over = ENDS.includes(status.state);
  $("nothing").hidden = true;
  $("run").hidden = false;
  $("run-name").textContent = status.name;
  $("run-place").textContent = `${status.input}${status.ref ? " @ " + status.ref : ""} → ${status.output}`;
  showState($("run-state"), run);
  $("run-message").textContent = status.message ?? "";
  $("run-message").hidden = !status.message;
  $("cancel").hidden = over || !run.here;

  const share = status.files > 0 ? status.filesWritten / status.files : 0;
  const percent = status.state === "COMPLETED" ? 100 : Math.floor(100 * share);
  $("bar-fill").style.width = `${percent}%`;
  $("bar").setAttribute("aria-valuenow", String(percent));
  $("bar").setAttribute("aria-valuetext", `${percent} %`);
  $("files-figure").textContent = `${number(status.filesWritten)} / ${number(status.files)}`;
  $("functions-figure").textContent = number(status.functions);
  const perSecond = rate(status);
  $("rate-figure").textContent = Number.isFinite(perSecond) ? `${number(Math.round(perSecond))} /s` : "–";
  const elapsed = status.started ? seconds(status.started, status.ended ?? status.updated) : NaN;
  const left = share > 0.02 && !over ? elapsed * (1 - share) / share : NaN;
  $("time-label").textContent = over ? "Time" : "Time, and left";
  $("time-figure").textContent = Number.isFinite(left) ? `${span(elapsed)}, ${span(left)}` : span(elapsed);
  $("hits-figure").textContent = status.tasks > 0
    ? `${(100 * status.cacheHits / Math.max(1, status.tasksDecided || status.tasks)).toFixed(0)} %` : "–";
  $("cost-figure").textContent = `$${(status.microDollars / 1e6).toFixed(status.microDollars ? 4 : 2)}`;
  $("cost-figure").title = `${number(status.modelCalls)} calls of a model`;
  $("outcomes").replaceChildren(...OUTCOMES.map(kind => {
    const count = status.outcomes[kind];
    return element("li", `${number(count)} ${kind}`, count > 0 && (kind === "rejected" || kind === "failed") ? "bad" : "");
  }));

  $("failures-section").hidden = status.failures.length === 0;
  const all = status.outcomes.rejected + status.outcomes.failed;
  $("failures-count").textContent = all > status.failures.length ? `the first ${status.failures.length} of ${number(all)}` : "";
  $("failures").replaceChildren(...status.failures.map(failure => {
    const row = element("tr");
    row.append(element("td", failure.path, "path"), element("td", failure.function, "path"),
      element("td", failure.line > 0 ? String(failure.line) : "", "number"),
      element("td", `${failure.outcome} ${failure.reason}${failure.detail ? ": " + failure.detail : ""}`));
    return row;
  }));
  if (over && run.here && state.loaded !== status.name) {
    state.loaded = status.name;
    loadFiles(0);
  }
}

// --- files and their insertions

async function loadFiles(offset) {
  const name = state.name;
  const query = new URLSearchParams({
    changed: $("changed").checked, filter: $("filter").value, offset, limit: PAGE_SIZE });
  let page;
  try {
    page = await json(`/runs/${encodeURIComponent(name)}/files?${query}`);
  } catch {
    $("files-section").hidden = true;
    return;
  }
  if (name !== state.name) return;
  state.files = offset === 0 ? page.files : state.files.concat(page.files);
  $("files-section").hidden = false;
  $("files-count").textContent = number(page.total);
  $("files").replaceChildren(...state.files.map(file => {
    const button = element("button", file.path, "path");
    button.type = "button";
    button.addEventListener("click", () => showDiff(file.path));
    const cell = element("td");
    cell.append(button);
    const row = element("tr");
    row.append(cell, ...[file.applied + file.unchanged, file.insertions, file.skipped, file.failures]
      .map(count => element("td", number(count), "number")));
    return row;
  }));
  $("more-files").hidden = state.files.length >= page.total;
}

async function showDiff(path) {
  const name = state.name;
  const { segments } = await json(`/runs/${encodeURIComponent(name)}/files/diff?${new URLSearchParams({ path })}`)
    .catch(problem => ({ segments: [{ text: problem.message, inserted: false }] }));
  if (name !== state.name) return;
  $("diff-path").textContent = path;
  $("diff").replaceChildren(...lines(segments));
  $("diff-section").hidden = false;
  $("diff-section").scrollIntoView({ block: "start" });
}

/** The file's lines; one of which all was inserted is marked as a whole. */
function lines(segments) {
  const made = [];
  let line = element("span", undefined, "code-line");
  let original = false;
  const end = () => {
    if (!original && line.childNodes.length > 0) line.classList.add("whole");
    made.push(line);
    line = element("span", undefined, "code-line");
    original = false;
  };
  for (const { text, inserted } of segments) {
    text.split("\n").forEach((piece, i) => {
      if (i > 0) end();
      if (piece === "") return;
      line.append(inserted ? element("ins", piece) : document.createTextNode(piece));
      original ||= !inserted;
    });
  }
  if (line.childNodes.length > 0) end();
  return made;
}

let typing;
$("filter").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => loadFiles(0), 200); });
$("changed").addEventListener("change", () => loadFiles(0));
$("more-files").addEventListener("click", () => loadFiles(state.files.length));
$("close-diff").addEventListener("click", () => { $("diff-section").hidden = true; });

// --- orders

$("submit-form").addEventListener("submit", async event => {
  event.preventDefault();
  const form = event.target;
  const order = { incremental: form.incremental.checked };
  for (const field of ["input", "ref", "output", "name"]) {
    if (form[field].value.trim()) order[field] = form[field].value.trim();
  }
  const cost = form.maxCostUsd.value.trim();
  if (cost) order.maxCostUsd = Number.isFinite(Number(cost)) ? Number(cost) : cost;
  try {
    const response = await request("/runs", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(order) });
    const run = await response.json();
    $("submit-problem").textContent = "";
    $("submit-box").open = false;
    location.hash = encodeURIComponent(run.status.name);
  } catch (problem) {
    const fields = (problem.fields ?? []).map(error => `${error.field}: ${error.message}`);
    $("submit-problem").textContent = fields.length > 0 ? fields.join("; ") : problem.message;
  }
});

$("cancel").addEventListener("click", async () => {
  await request(`/runs/${encodeURIComponent(state.name)}`, { method: "DELETE" }).catch(problem => {
    $("run-message").textContent = problem.message;
    $("run-message").hidden = false;
  });
});

// --- which run: the address says

function choose() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name || name === state.name && state.stream) return;
  Object.assign(state, { name, run: null, samples: [], files: [], loaded: null });
  for (const section of ["files-section", "diff-section", "failures-section", "run"]) $(section).hidden = true;
  $("nothing").hidden = false;
  follow(name);
  refreshList().catch(() => {});
}

async function begin() {
  try {
    const runs = await refreshList();
    $("token-form").hidden = true;
    $("content").hidden = false;
    $("sign-out").hidden = !token();
    if (!location.hash && runs.length > 0) location.hash = encodeURIComponent(runs[0].status.name);
    state.name = null;
    choose();
  } catch (problem) {
    if (!(problem instanceof Refused)) {
      connection("The service does not answer; trying again …", true);
      setTimeout(begin, RETRY_MILLIS[1]);
    }
  }
}

addEventListener("hashchange", choose);
begin();
keepListing();
