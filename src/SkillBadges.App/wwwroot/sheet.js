// A sign-off sheet on a phone: each tap is kept on the device until the server has it, and goes when there is signal.
// What is kept is what was tapped: ids and levels, no names. Without this script the sheet is a form.
"use strict";
window.addEventListener("load", () => navigator.serviceWorker?.register(`/offline.js?language=${document.documentElement.lang}`));
(() => {
  const form = document.querySelector("form[data-sheet]");
  if (!form) { return; }
  const name = `sheet/${form.dataset.sheet}`;
  const says = form.querySelector("[data-says]");
  const rest = form.elements.Rest;
  const lines = new Map([...form.querySelectorAll("[data-line]")].map(line => [line.dataset.line, line]));
  const kept = new Map(Object.entries(JSON.parse(localStorage.getItem(name) ?? "{}")));
  const seconds = [2, 5, 15, 60];
  let fails = 0;
  let isAsked = false;
  let isSending = false;
  let timer;

  const say = (what, count) => { says.textContent = says.dataset[what].replace("{0}", count); };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  // The API speaks English; what a refusal means is a page in the reader's language.
  const explained = new Map();
  async function wordsOf(code, english) {
    if (document.documentElement.lang === "en") { return english; }
    if (!explained.has(code)) {
      const page = await fetch(`/problems/${code}`).then(answer => answer.text()).catch(() => "");
      explained.set(code, new DOMParser().parseFromString(page, "text/html").querySelector("[data-words]")?.textContent.trim());
    }

    return explained.get(code) ?? english;
  }

  const radioOf = (learner, level) => [...lines.get(learner).querySelectorAll("input[type=radio]")].find(radio => radio.value === level);

  function keep() {
    if (kept.size === 0) { localStorage.removeItem(name); } else { localStorage.setItem(name, JSON.stringify(Object.fromEntries(kept))); }
    if (kept.size > 0) { say(isAsked && !navigator.onLine ? "offline" : "marked", kept.size); }
  }

  // A second thought is a rating of its own, with the photo of the first: that one may be on its way already.
  function mark(learner, level) {
    kept.set(learner, { id: newId(), level, at: Date.now(), photo: kept.get(learner)?.photo });
    state(learner, "marked");
    offerPhoto(lines.get(learner));
  }

  function state(learner, what, words = "", link = "") {
    const line = lines.get(learner);
    line.dataset.state = what;
    line.querySelector("[data-told]")?.remove();
    if (words) {
      const told = document.createElement("p");
      told.dataset.told = "";
      told.className = what === "refused" ? "refused" : "fine";
      told.textContent = words;
      if (link) {
        const why = document.createElement("a");
        why.href = `/problems/${link}`;
        why.textContent = ` ${link}`;
        told.append(why);
      }

      line.append(told);
    }
  }

  // Photos are larger than what localStorage holds.
  const album = new Promise((open, fail) => {
    const request = indexedDB.open("sheet-photos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos");
    request.onsuccess = () => open(request.result);
    request.onerror = () => fail(request.error);
  });
  const photos = async (how, step) => {
    const done = step((await album).transaction("photos", how).objectStore("photos"));
    return new Promise((good, bad) => { done.onsuccess = () => good(done.result); done.onerror = () => bad(done.error); });
  };
  const base64 = text => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

  // What later is no better is refused for good; the rest is tried again.
  class Refusal extends Error {
    constructor(status, told) { super(told.detail); Object.assign(this, { status, code: told.code }); }
  }

  async function required(answer) {
    if (answer.ok) { return answer; }
    throw [409, 429].includes(answer.status) || answer.status >= 500 ? new Error("later") : new Refusal(answer.status, await answer.json());
  }

  // The same upload however often it is begun: its key is the rating's.
  async function upload(id, file) {
    const tus = { "Tus-Resumable": "1.0.0" };
    const what = { school: form.dataset.school, title: says.dataset.linePhoto, filename: file.name || "photo.jpg" };
    const begun = await required(await fetch("/api/uploads", {
      method: "POST",
      headers: { ...tus, "Idempotency-Key": id, "Upload-Length": file.size, "Upload-Metadata": Object.entries(what).map(([key, value]) => `${key} ${base64(value)}`).join(",") },
    }));
    const place = begun.headers.get("Location");
    const known = await fetch(place, { method: "HEAD", headers: tus });
    if (!known.ok) { throw known.status === 404 ? new Refusal(404, { code: "upload.not-found", detail: "" }) : new Error("later"); }
    const at = Number(known.headers.get("Upload-Offset"));
    if (at < file.size) {
      await required(await fetch(place, { method: "PATCH", headers: { ...tus, "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" }, body: file.slice(at) }));
    }

    return place.split("/").pop();
  }

  // A photo that is refused keeps back neither its rating nor those of others.
  async function uploadAll(marks) {
    const pictures = new Map();
    for (const [learner, one] of marks.filter(([, one]) => one.photo && !one.refusedPhoto)) {
      const file = await photos("readonly", store => store.get(one.photo));
      try {
        if (file) { pictures.set(learner, [await upload(one.id, file)]); }
      } catch (problem) {
        if (!(problem instanceof Refusal) || problem.status === 401) { throw problem; }
        one.refusedPhoto = { code: problem.code, words: problem.message };
        keep();
      }
    }

    return pictures;
  }

  async function answered(items) {
    let refused = 0;
    for (const item of items) {
      const one = kept.get(item.learner);
      if (one?.id !== item.id) { continue; }
      const radio = radioOf(item.learner, one.level);
      if (one.photo) { photos("readwrite", store => store.delete(one.photo)); }
      kept.delete(item.learner);
      if (item.outcome === "refused") {
        refused++;
        state(item.learner, "refused", `${says.dataset.lineNo} ${await wordsOf(item.code, item.message)}`, item.code);
      } else {
        lines.get(item.learner).querySelector("[data-now]").textContent = `${radio.parentElement.lastChild.textContent}${item.award ? ` · ${says.dataset.lineBadge}` : ""}`;
        const seen = lines.get(item.learner).querySelector("[data-seen]");
        seen.href = `/seen/${item.observation}`;
        seen.hidden = false;
        radio.checked = false;
        lines.get(item.learner).querySelector(".photo")?.remove();
        const lost = one.refusedPhoto;
        state(item.learner, "sent", lost ? `${says.dataset.lineNoPhoto} ${await wordsOf(lost.code, lost.words)}` : "", lost?.code);
      }
    }

    keep();
    if (kept.size === 0) { say(refused ? "refused" : "sent", refused || items.length); }
  }

  async function send() {
    if (isSending || kept.size === 0) { return; }
    isAsked = true;
    clearTimeout(timer);
    if (!navigator.onLine) { say("offline", kept.size); return; }
    isSending = true;
    say("sending", kept.size);
    const marks = [...kept].filter(([learner]) => lines.has(learner));
    try {
      const pictures = await uploadAll(marks);
      const answer = await fetch("/api/observations", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          badge: form.dataset.badge,
          competency: form.dataset.skill,
          classSection: form.dataset.section,
          // What was seen long before there was signal is dated when it was seen.
          items: marks.map(([learner, one]) => ({
            id: one.id, learner, level: one.level, photos: pictures.get(learner) ?? [], ...(Date.now() - one.at > 3600_000 ? { observedAt: new Date(one.at).toISOString() } : {}),
          })),
        }),
      });
      const { items } = await (await required(answer)).json();
      fails = 0;
      isAsked = false;
      await answered(items);
    } catch (problem) {
      if (problem instanceof Refusal) {
        if (problem.status === 401) { say("signIn", kept.size); } else { says.textContent = await wordsOf(problem.code, problem.message); }
        return;
      }

      say(navigator.onLine ? "again" : "offline", kept.size);
      timer = setTimeout(send, 1000 * seconds[Math.min(fails++, seconds.length - 1)]);
    } finally {
      isSending = false;
    }
  }

  // A photo belongs to a rating: it is asked for once there is one.
  async function takePhoto(line, input) {
    const one = kept.get(line.dataset.line);
    if (one && input.files[0]) {
      await photos("readwrite", store => store.put(input.files[0], one.id));
      Object.assign(one, { photo: one.id, refusedPhoto: undefined });
      input.parentElement.dataset.taken = "";
      keep();
    }
  }

  function offerPhoto(line) {
    if (line.querySelector(".photo")) { return; }
    const offer = document.createElement("label");
    const input = document.createElement("input");
    offer.className = "photo";
    offer.textContent = says.dataset.linePhoto;
    Object.assign(input, { type: "file", accept: "image/jpeg,image/png" });
    input.setAttribute("capture", "environment");
    offer.append(input);
    line.querySelector("fieldset").append(offer);
  }

  function rateTheRest() {
    for (const [learner, line] of lines) {
      if (rest.value && !line.querySelector(":checked")) {
        radioOf(learner, rest.value).checked = true;
        mark(learner, rest.value);
      }
    }

    rest.value = "";
  }

  // Arrow keys come past levels that are not meant: what stands there when they go on is.
  let isWalked = false;
  rest.addEventListener("keydown", () => { isWalked = true; });
  rest.addEventListener("pointerdown", () => { isWalked = false; });
  rest.addEventListener("focusout", () => { if (rest.value) { rateTheRest(); keep(); } });

  form.addEventListener("change", event => {
    if (event.target === rest) {
      if (isWalked) { return; }
      rateTheRest();
    } else if (event.target.type === "file") {
      takePhoto(event.target.closest("[data-line]"), event.target);
    } else if (event.target.type === "radio") {
      mark(event.target.closest("[data-line]").dataset.line, event.target.value);
    }

    keep();
  });
  form.addEventListener("submit", event => { event.preventDefault(); send(); });
  window.addEventListener("online", () => { if (isAsked) { send(); } });
  window.addEventListener("offline", () => { if (isAsked && kept.size > 0) { say("offline", kept.size); } });

  // With the keyboard: a figure rates the line and goes on to the next.
  form.addEventListener("keydown", event => {
    const line = event.target.closest("[data-line]");
    const radio = line && /^[1-9]$/.test(event.key) ? line.querySelectorAll("input[type=radio]")[event.key - 1] : null;
    if (radio) {
      event.preventDefault();
      radio.click();
      (line.nextElementSibling?.querySelector("input[type=radio]") ?? form.querySelector(".dock button")).focus();
    }
  });

  // Kept before the page was closed, or the phone switched off. Who left the class since then has no line, and the school takes no rating of them here.
  let left = 0;
  for (const [learner, one] of kept) {
    const radio = lines.has(learner) ? radioOf(learner, one.level) : null;
    if (!radio) {
      kept.delete(learner);
      left++;
      continue;
    }

    radio.checked = true;
    lines.get(learner).dataset.state = "marked";
    offerPhoto(lines.get(learner));
    if (one.photo) { lines.get(learner).querySelector(".photo").dataset.taken = ""; }
  }

  if (left > 0) {
    const told = document.createElement("p");
    Object.assign(told, { className: "refused", textContent: says.dataset.left.replace("{0}", left) });
    told.setAttribute("role", "status");
    form.before(told);
    keep();
  }

  if (kept.size > 0) { isAsked = true; keep(); send(); }
})();
