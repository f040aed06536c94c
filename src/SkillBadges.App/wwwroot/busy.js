// What takes more than a moment, over a slow line or of many at once, shows that it goes on. Without this script the browser does.
"use strict";
document.querySelectorAll("progress[data-busy]").forEach(progress => {
  progress.closest("form").addEventListener("submit", event => setTimeout(() => { progress.hidden = event.defaultPrevented; }, 400));
  window.addEventListener("pageshow", () => { progress.hidden = true; });
});
