// What a page can do beyond its links: the slider, the source pane, zooming in place, and word of new articles.
// Every one of them follows an address that works without this script.
"use strict";

const DAY = 86400000;
const number = (day) => Math.round(Date.parse(day + "T00:00:00Z") / DAY);
const day = (n) => new Date(n * DAY).toISOString().slice(0, 10);
const label = (n) => new Date(n * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

async function fetchText(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

// ------------------------------------------------------------------ pages that replace one another

// `wanted` counts what was asked for, so that an answer that comes late does not replace a later one
let wanted = 0;

async function show(address, { push = true, slid = false, only = ["main", ".as-of", "title", ".top nav", "footer"] } = {}) {
  const mine = ++wanted;
  let text;
  try {
    text = await fetchText(address);
  } catch {
    location.href = address;
    return;
  }
  if (mine !== wanted) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const slider = document.activeElement?.classList.contains("slider");
  const pane = document.querySelector("#pane.open");
  for (const selector of only) {
    const [ours, theirs] = [document.querySelector(selector), page.querySelector(selector)];
    if (ours && theirs) ours.replaceWith(document.adoptNode(theirs));
  }
  if (pane && document.getElementById("pane")) document.getElementById("pane").replaceWith(pane);
  // a drag along the slider is one step back, however many days it passed
  if (push && slid && history.state?.slid) history.replaceState({ slid }, "", address);
  else if (push) history.pushState({ slid }, "", address);
  shown = withoutHash();
  startSlider();
  if (slider) document.querySelector(".slider")?.focus();
}

// a step to another line of the same page is no other page
const withoutHash = () => location.pathname + location.search;
let shown = withoutHash();
window.addEventListener("popstate", () => { if (withoutHash() !== shown) show(location.href, { push: false }); });
history.replaceState({}, "");

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
    const address = new URL(location.href);
    address.searchParams.delete("page");
    address.searchParams.set("as_of", input.value);
    address.hash = "";
    show(address.href, { slid: true });
  };
  slider.addEventListener("change", go);
  input.addEventListener("change", go);
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
}

// ------------------------------------------------------------------ the source pane

let opener = null;
let asked = 0; // what was asked for last; an answer to anything earlier is too late to be shown

async function openPane(link) {
  const pane = document.getElementById("pane");
  const inside = pane.contains(link);
  const mine = ++asked;
  const address = new URL(link.href);
  address.searchParams.set("pane", "true");
  address.hash = "";
  let text;
  try {
    text = await fetchText(address.href);
  } catch {
    if (mine === asked) location.href = link.href;
    return;
  }
  if (mine !== asked) return;
  if (!inside) opener = link;
  const close = document.createElement("button");
  close.className = "close";
  close.textContent = "Close";
  close.addEventListener("click", closePane);
  pane.replaceChildren(close, ...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  pane.classList.add("open");
  for (const other of document.querySelectorAll("a.evidence[aria-current]")) other.removeAttribute("aria-current");
  const shown = new URL(link.href);
  for (const other of document.querySelectorAll(".lines a.evidence")) {
    const its = new URL(other.href);
    if (its.pathname === shown.pathname && its.searchParams.get("at") === shown.searchParams.get("at")) other.setAttribute("aria-current", "true");
  }
  pane.focus({ preventScroll: true });
  const here = pane.querySelector("#here");
  if (here) pane.scrollTop += here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  else pane.scrollTop = 0;
}

function closePane() {
  asked += 1;
  const pane = document.getElementById("pane");
  pane.classList.remove("open");
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = "Choose a source under any line: its article opens here, with the sentence highlighted.";
  pane.replaceChildren(hint);
  for (const other of document.querySelectorAll("a.evidence[aria-current]")) other.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus();
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a");
  if (!link) return;
  if (link.matches("a.evidence") && document.getElementById("pane")) {
    event.preventDefault();
    openPane(link);
  } else if (link.matches(".zoom a")) {
    event.preventDefault();
    zoom(link);
  } else if (link.closest(".picture")) {
    // a mark leads to its line, and its line's first source opens
    const line = document.getElementById(decodeURIComponent(new URL(link.href.baseVal ?? link.href, location.href).hash.slice(1)));
    const source = line?.querySelector("a.evidence");
    if (source) openPane(source);
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
  await show(link.href, { only: ["#picture"] });
  document.querySelector(`.zoom a[data-key="${CSS.escape(key)}"]`)?.focus();
}

// ------------------------------------------------------------------ word of what has come in

async function listen() {
  const live = document.getElementById("live");
  if (live && !document.hidden) {
    try {
      const status = await (await fetch("/api/status")).json();
      const more = status.articles - Number(live.dataset.articles);
      if (more > 0) live.textContent = `${more} more ${more === 1 ? "article has" : "articles have"} come in since; load the page again to see them.`;
    } catch {
      live.textContent = "The server does not answer.";
    }
  }
  if (document.querySelector("[data-waiting]") && !document.hidden) await show(location.href, { push: false, only: ["main"] });
  setTimeout(listen, document.querySelector("[data-waiting]") ? 1500 : 5000);
}

startSlider();
setTimeout(listen, document.querySelector("[data-waiting]") ? 1000 : 5000);
