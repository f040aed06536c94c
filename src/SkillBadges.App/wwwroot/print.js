// The button that prints is there only where it works.
"use strict";
document.querySelectorAll("[data-print-place]").forEach(place => {
  place.classList.remove("scripted");
  place.querySelector("[data-print]").addEventListener("click", () => print());
});
