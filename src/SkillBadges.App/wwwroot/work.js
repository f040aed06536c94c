// Keeps what is typed until it is saved, and shows how far an upload is. Without this script forms are sent as they are.
"use strict";
(() => {
  // For this tab alone: on a computer that several students use, nothing stays behind.
  const kept = window.sessionStorage;
  document.querySelectorAll("form[data-keep]").forEach((form, index) => {
    const name = `${location.pathname}#${index}`;
    const saved = JSON.parse(kept.getItem(name) ?? "{}");
    for (const field of form.querySelectorAll("textarea, input[type=url], input:not([type])")) {
      if (!field.value && saved[field.name]) { field.value = saved[field.name]; }
    }

    form.addEventListener("input", () => {
      kept.setItem(name, JSON.stringify(Object.fromEntries([...form.querySelectorAll("textarea, input[type=url], input:not([type])")].map(field => [field.name, field.value]))));
    });
    form.addEventListener("submit", () => kept.removeItem(name));
  });

  document.querySelectorAll("form[data-upload]").forEach(form => form.addEventListener("submit", event => {
    event.preventDefault();
    const progress = form.querySelector("progress");
    const button = form.querySelector("button");
    const request = new XMLHttpRequest();
    progress.hidden = false;
    button.disabled = true;
    request.upload.addEventListener("progress", step => { progress.value = step.total ? 100 * step.loaded / step.total : 0; });
    request.addEventListener("load", () => { location.assign(request.responseURL || location.href); });
    request.addEventListener("error", () => { progress.hidden = true; button.disabled = false; });
    request.open("POST", form.action);
    request.send(new FormData(form));
  }));
})();
