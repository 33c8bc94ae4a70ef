// What a page can do beyond its links: the slider, the source pane, tabs and zooming in place, copying, and word of new articles.
// Every one of them follows an address that works without this script.
"use strict";

const DAY = 86400000;
const number = (day) => Math.round(Date.parse(day + "T00:00:00Z") / DAY);
const day = (n) => new Date(n * DAY).toISOString().slice(0, 10);
const label = (n) => new Date(n * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const small = matchMedia("(max-width: 62rem)");

async function fetchText(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

// ------------------------------------------------------------------ pages that replace one another

// `wanted` counts what was asked for, so that an answer that comes late does not replace a later one
let wanted = 0;

async function show(address, { push = true, slid = false, only = ["main", ".menu", ".now-shown", "title", "footer"] } = {}) {
  const mine = ++wanted;
  let text;
  try {
    text = await fetchText(address);
  } catch {
    location.href = address;
    return false;
  }
  if (mine !== wanted) return false;
  const page = new DOMParser().parseFromString(text, "text/html");
  const slider = document.activeElement?.classList.contains("slider");
  const open = document.querySelector(".menu")?.matches(":popover-open");
  for (const selector of only) {
    const [ours, theirs] = [document.querySelector(selector), page.querySelector(selector)];
    if (ours && theirs) ours.replaceWith(document.adoptNode(theirs));
  }
  // a drag along the slider is one step back, however many days it passed
  if (push && slid && history.state?.slid) history.replaceState({ slid }, "", address);
  else if (push) history.pushState({ slid }, "", address);
  shown = withoutHash();
  start();
  if (open && only.includes(".menu")) document.querySelector(".menu").showPopover();
  if (slider) document.querySelector(".slider")?.focus();
  return true;
}

// a step to another line of the same page is no other page
const withoutHash = () => location.pathname + location.search;
let shown = withoutHash();
window.addEventListener("popstate", () => { if (withoutHash() !== shown) show(location.href, { push: false }); });
history.replaceState({}, "");

function changed(change) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return address;
}

function start() {
  // what stays in view above the lists
  const figure = document.getElementById("picture");
  const stays = figure && getComputedStyle(figure).position === "sticky";
  document.documentElement.style.setProperty("--picture", stays ? `${figure.offsetHeight}px` : "0px");
  startSlider();
  startLines();
  markOpen();
  covered();
}

// ------------------------------------------------------------------ the as-of slider

function startSlider() {
  const form = document.querySelector("form.as-of");
  if (!form) return;
  const slider = form.querySelector(".slider");
  const said = form.querySelector(".slid");
  const input = form.querySelector("input[type=date]");
  slider.min = number(form.dataset.first);
  slider.max = number(form.dataset.last);
  slider.value = number(form.dataset.day);
  slider.hidden = said.hidden = false;
  form.querySelector(".go").hidden = true;
  const tell = () => {
    said.textContent = label(Number(slider.value));
    slider.setAttribute("aria-valuetext", said.textContent);
    input.value = day(Number(slider.value));
  };
  tell();
  slider.addEventListener("input", tell);
  const go = () => {
    if (!input.value) return;
    slider.value = number(input.value);
    const address = changed({ page: null, open: null, as_of: input.value });
    address.hash = "";
    show(address.href, { slid: true });
  };
  slider.addEventListener("change", go);
  input.addEventListener("change", go);
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
}

// ------------------------------------------------------------------ lines: copying one

function startLines() {
  for (const line of document.querySelectorAll(".lines .line, .brief .line, .disputed .line, .ledger .line")) {
    const source = [...line.querySelectorAll(".source, .first")].find((s) => s.querySelector("a.evidence"));
    if (!source || line.querySelector(".copy")) continue;
    const button = document.createElement("button");
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${words(line).slice(0, 60)}`);
    source.append(" ", button);
  }
}

const text = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";
const words = (line) => [...line.querySelectorAll("td.due, .due .when, p:not(.source), h3")].map(text).filter(Boolean).join(" ");

async function copy(button, said) {
  const told = button.textContent;
  try {
    await navigator.clipboard.writeText(said);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => { button.textContent = told; }, 1500);
}

function copyLine(button) {
  const line = button.closest(".line");
  const source = line.querySelector("a.evidence");
  // where the report has no address of its own, the sentence's place on this page
  copy(button, `${words(line)} (${source.dataset.report ?? text(source)}) ${source.dataset.url ?? source.href}`);
}

// ------------------------------------------------------------------ the source pane

let opener = null;
let asked = 0; // what was asked for last; an answer to anything earlier is too late to be shown
let empty = null; // what the pane holds while nothing is open

// how an address of a source is told in the page's own
function openKey(address) {
  const path = decodeURIComponent(address.pathname);
  const line = path.match(/\/lines\/([^/]+)$/);
  if (line) return line[1];
  const at = address.searchParams.get("at");
  return path.replace(/^.*\/articles\//, "") + (at ? `:${at}` : "");
}

async function openPane(link) {
  const pane = document.getElementById("pane");
  const inside = pane.contains(link);
  const mine = ++asked;
  const address = new URL(link.href);
  address.searchParams.set("pane", "true");
  address.hash = "";
  let answer;
  try {
    answer = await fetchText(address.href);
  } catch {
    if (mine === asked) location.href = link.href;
    return;
  }
  if (mine !== asked) return;
  if (!inside) opener = link;
  if (!pane.classList.contains("open")) empty = [...pane.childNodes];
  pane.replaceChildren(...new DOMParser().parseFromString(answer, "text/html").body.childNodes);
  pane.classList.add("open");
  history.replaceState(history.state, "", changed({ open: openKey(new URL(link.href)) }));
  shown = withoutHash();
  markOpen();
  covered();
  pane.focus({ preventScroll: true });
}

// a pane that is open: its way out, its line, and its sentence in view, the page left where it is
function markOpen() {
  const pane = document.querySelector("#pane.open");
  if (!pane) return;
  if (!pane.querySelector(".close")) {
    const close = document.createElement("button");
    close.className = "close";
    close.textContent = "Close";
    close.addEventListener("click", closePane);
    (pane.querySelector(".walk") ?? pane).prepend(close);
  }
  const key = new URL(location.href).searchParams.get("open");
  for (const link of document.querySelectorAll(".bands a.evidence")) {
    if (openKey(new URL(link.href)) === key) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const here = pane.querySelector("#here");
  pane.scrollTop = here ? pane.scrollTop + here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3 : 0;
}

// on a small screen the pane lies over the page, which then cannot be reached
function covered() {
  const over = small.matches && document.querySelector("#pane.open") !== null;
  for (const part of document.querySelectorAll("header.top, .bands, footer, a.skip")) part.inert = over;
  const pane = document.getElementById("pane");
  if (pane && over) { pane.setAttribute("role", "dialog"); pane.setAttribute("aria-modal", "true"); }
  else if (pane) { pane.setAttribute("role", "complementary"); pane.removeAttribute("aria-modal"); }
}
small.addEventListener("change", covered);

function closePane() {
  asked += 1;
  const pane = document.getElementById("pane");
  pane.classList.remove("open");
  const address = changed({ open: null });
  history.replaceState(history.state, "", address);
  shown = withoutHash();
  if (empty) pane.replaceChildren(...empty);
  else show(address.href, { push: false, only: ["#pane"] });
  for (const other of document.querySelectorAll("a.evidence[aria-current]")) other.removeAttribute("aria-current");
  covered();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

// ------------------------------------------------------------------ what is clicked, dragged and typed

const hrefOf = (link) => new URL(link.href.baseVal ?? link.href, location.href);

// a tab or a mark of the picture: the lists and the picture change, the page stays where it is
async function turn(address, { focus = null } = {}) {
  const open = new URL(location.href).searchParams.get("open");
  if (open && document.querySelector("#pane.open")) address.searchParams.set("open", open);
  if (address.pathname + address.search !== withoutHash()) {
    if (!(await show(address.href, { only: ["#picture", "#tabs", "form.as-of"] }))) return;
  } else location.hash = address.hash;
  const line = address.hash ? document.getElementById(decodeURIComponent(address.hash.slice(1))) : null;
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (line?.matches(".line, h3, .reports li")) {
    line.classList.add("lit");
    line.scrollIntoView({ block: "center" });
    const source = line.querySelector("a.evidence");
    if (source && !small.matches) await openPane(source);
  }
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const button = event.target.closest?.("button.copy");
  if (button) return copyLine(button);
  if (event.target.closest?.("button.show-new")) return void location.reload();
  const link = event.target.closest?.("a");
  if (!link) return;
  if (link.matches("a.share")) {
    event.preventDefault();
    copy(link, changed({ as_of: document.querySelector("form.as-of").dataset.day }).href);
  } else if (link.matches("a.evidence") && document.getElementById("pane")) {
    event.preventDefault();
    openPane(link);
  } else if (link.matches(".zoom a")) {
    event.preventDefault();
    zoom(link);
  } else if (link.closest(".picture, .tabs, .story .chips, .story .lines .turn, .story .lines > .meta") && hrefOf(link).pathname === location.pathname) {
    event.preventDefault();
    turn(hrefOf(link), { focus: link.closest(".tabs") ? ".tabs a[aria-current]" : null });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.target.closest?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.querySelector("#pane.open")) closePane();
  else if (document.querySelector("#pane.open") && (event.key === "n" || event.key === "p")) {
    document.querySelector(`#pane .walk a[rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
  } else {
    const button = [...document.querySelectorAll(".zoom a[data-key]")].find((a) => a.dataset.key === event.key || (event.key === "=" && a.dataset.key === "+"));
    if (button) { event.preventDefault(); zoom(button); }
  }
});

async function zoom(link) {
  const key = link.dataset.key;
  await turn(hrefOf(link), { focus: `.zoom a[data-key="${CSS.escape(key)}"]` });
}

// dragging over the picture chooses its days
let drag = null;
document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("svg.picture");
  if (!svg || event.button || event.pointerType === "touch" || event.target.closest("a")) return;
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.setAttribute("class", "brush");
  drag = { svg, box, from: placeOf(svg, event) };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const to = placeOf(drag.svg, event);
  if (Math.abs(to - drag.from) > 6) drag.svg.append(drag.box);
  for (const [name, value] of Object.entries({ x: Math.min(drag.from, to), y: 0, width: Math.abs(to - drag.from), height: drag.svg.viewBox.baseVal.height })) drag.box.setAttribute(name, value);
});
document.addEventListener("pointerup", (event) => {
  if (!drag) return;
  const { svg, box, from } = drag;
  const to = placeOf(svg, event);
  box.remove();
  drag = null;
  if (Math.abs(to - from) < 6) return;
  const [first, last] = [number(svg.dataset.from), number(svg.dataset.to)];
  const [left, right] = [Number(svg.dataset.left), Number(svg.dataset.right)];
  const at = (x) => day(first + Math.min(Math.max(Math.floor(((x - left) / (right - left)) * (last - first + 1)), 0), last - first));
  turn(changed({ from: at(Math.min(from, to)), to: at(Math.max(from, to)), page: null }));
});

function placeOf(svg, event) {
  const box = svg.getBoundingClientRect();
  return ((event.clientX - box.left) / box.width) * Number(svg.dataset.width);
}

// ------------------------------------------------------------------ word of what has come in

async function listen() {
  const live = document.getElementById("live");
  if (live && !document.hidden) {
    try {
      const status = await (await fetch("/api/status")).json();
      const more = status.articles - Number(live.dataset.articles);
      if (more > 0 && live.dataset.told !== String(more)) {
        live.dataset.told = more;
        const button = document.createElement("button");
        button.className = "show-new";
        button.textContent = "Show";
        live.replaceChildren(`${more} more ${more === 1 ? "article has" : "articles have"} come in `, button);
      }
    } catch {
      live.dataset.told = "";
      live.textContent = "The server does not answer.";
    }
  }
  if (document.querySelector("[data-waiting]") && !document.hidden) await show(location.href, { push: false, only: ["main"] });
  setTimeout(listen, document.querySelector("[data-waiting]") ? 1500 : 5000);
}

start();
setTimeout(listen, document.querySelector("[data-waiting]") ? 1000 : 5000);
