// Keeps what is typed until the server has it, and files on their way through a lost line. Without this script forms are sent as they are.
"use strict";
window.addEventListener("load", () => navigator.serviceWorker?.register(`/offline.js?language=${document.documentElement.lang}`));
(() => {
  // For this tab alone: on a computer that several students use, nothing stays behind.
  const kept = window.sessionStorage;
  const place = location.pathname;
  const typed = "textarea, select, input[type=url], input[type=date], input[type=radio], input:not([type])";

  // The page says which form has arrived.
  const done = new URLSearchParams(location.search).get("done");
  if (done) {
    kept.removeItem(`${place}#${done}`);
    const rest = new URLSearchParams(location.search);
    rest.delete("done");
    history.replaceState(null, "", place + (rest.size > 0 ? `?${rest}` : "") + location.hash);
  }

  function say(form, words) {
    const says = form.querySelector("[data-told]") ?? form.appendChild(document.createElement("output"));
    says.dataset.told = "";
    says.className = "refusal";
    says.textContent = words;
    says.hidden = !words;
  }

  document.querySelectorAll("form[data-keep]").forEach(form => {
    const name = `${place}#${form.dataset.keep}`;
    const saved = JSON.parse(kept.getItem(name) ?? "{}");
    for (const field of form.querySelectorAll(typed)) {
      if (!(field.name in saved)) { continue; }
      if (field.type === "radio") { field.checked = field.value === saved[field.name]; } else if (!field.value) { field.value = saved[field.name]; }
    }

    const folded = form.closest("details");
    if (folded && Object.values(saved).some(value => value)) { folded.open = true; }
    form.addEventListener("input", () => {
      const fields = [...form.querySelectorAll(typed)].filter(field => field.type !== "radio" || field.checked);
      kept.setItem(name, JSON.stringify(Object.fromEntries(fields.map(field => [field.name, field.value]))));
    });
    form.addEventListener("submit", event => {
      if (!navigator.onLine && !form.dataset.upload) {
        event.preventDefault();
        say(form, form.dataset.offline);
      }
    });
    window.addEventListener("online", () => say(form, ""));
  });

  const base64 = text => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
  const rest = seconds => new Promise(go => { setTimeout(go, 1000 * seconds); window.addEventListener("online", go, { once: true }); });
  const tus = { "Tus-Resumable": "1.0.0" };

  const isForLater = answer => answer.status === 429 || answer.status >= 500;

  // A file goes in parts: after a lost line it goes on where the server has it.
  async function upload(form, file, id, show) {
    const what = { submission: form.dataset.upload, competency: form.elements.competency.value, title: form.elements.title.value, filename: file.name || "photo.jpg" };
    if (form.elements.option?.value) { what.option = form.elements.option.value; }
    const begun = await fetch("/api/uploads", {
      method: "POST",
      headers: { ...tus, "Idempotency-Key": id, "Upload-Length": file.size, "Upload-Metadata": Object.entries(what).map(([key, value]) => `${key} ${base64(value)}`).join(",") },
    });
    if (isForLater(begun)) { throw new Error("later"); }
    if (!begun.ok) { return (await begun.json()).code; }
    const address = begun.headers.get("Location");
    const part = 512 * 1024;
    for (let at = Number((await fetch(address, { method: "HEAD", headers: tus })).headers.get("Upload-Offset")); at < file.size;) {
      const sent = await fetch(address, { method: "PATCH", headers: { ...tus, "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" }, body: file.slice(at, at + part) });
      if (isForLater(sent)) { throw new Error("later"); }
      if (!sent.ok) { return (await sent.json()).code; }
      at = Number(sent.headers.get("Upload-Offset"));
      show(at / file.size);
    }

    return null;
  }

  document.querySelectorAll("form[data-upload]").forEach(form => {
    const input = form.elements.file;

    // On a phone the camera is one tap away; the same field takes any file.
    if (matchMedia("(pointer: coarse)").matches) {
      const camera = document.createElement("button");
      camera.type = "button";
      camera.textContent = form.dataset.camera;
      camera.addEventListener("click", () => {
        input.setAttribute("accept", "image/*");
        input.setAttribute("capture", "environment");
        input.click();
        input.removeAttribute("accept");
        input.removeAttribute("capture");
      });
      input.closest("label").before(camera);
    }

    // A page that was left while a file was on its way has it no more; whoever chooses it again goes on from there.
    const left = Object.keys(kept).filter(key => key.startsWith(`${place}#[`)).map(key => JSON.parse(key.slice(place.length + 1))).findLast(([name]) => name === form.dataset.keep);
    if (left) {
      say(form, form.dataset.unfinished.replace("{0}", left[3]));
      form.closest("details").open = true;
    }

    form.addEventListener("submit", async event => {
      const file = input.files[0];
      if (!file) { return; }
      event.preventDefault();
      const progress = form.querySelector("progress");
      const button = form.querySelector("button:not([type])");
      // The same file of the same form goes on where the server has it, also after the page was loaded anew.
      const begun = `${place}#${JSON.stringify([form.dataset.keep, form.elements.title.value, form.elements.option?.value, file.name, file.size, file.lastModified])}`;
      const id = kept.getItem(begun) ?? [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("");
      kept.setItem(begun, id);
      progress.hidden = false;
      button.disabled = true;
      for (let tries = 0; ; tries++) {
        try {
          const refused = await upload(form, file, id, part => { progress.value = 100 * part; });
          kept.removeItem(begun);
          location.assign(refused ? `${place}?refused=${encodeURIComponent(refused)}` : `${place}?done=${form.dataset.keep}#${form.closest("section").id}`);
          return;
        } catch {
          say(form, navigator.onLine ? form.dataset.again : form.dataset.offline);
          await rest(Math.min(30, 2 ** tries));
          say(form, "");
        }
      }
    });
  });
})();
