// The button that prints is there only where it works.
"use strict";
document.querySelectorAll("[data-print-place]").forEach(place => {
  place.hidden = false;
  place.querySelector("[data-print]").addEventListener("click", () => print());
});
