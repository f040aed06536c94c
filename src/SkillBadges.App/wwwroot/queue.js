// Keys for the queue and for one piece of work. Without this script every step is a link or a button.
"use strict";
window.addEventListener("load", () => navigator.serviceWorker?.register(`/offline.js?language=${document.documentElement.lang}`));
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const decide = document.querySelector("[data-decide]");
  const keys = document.querySelector("[data-keys]");
  const turn = keys?.querySelector("button");
  const kept = "keys-are-off";
  let isOff = window.localStorage.getItem(kept) !== null;
  let at = -1;

  function go(step) {
    if (rows.length === 0) { return; }
    at = Math.min(rows.length - 1, Math.max(0, at + step));
    rows[at].querySelector("a").focus();
  }

  // WCAG 2.2 (REC 2023-10-05) 2.1.4: keys of one letter can be turned off by whoever presses them without meaning to, as by speech.
  if (turn) {
    const words = [turn.textContent, turn.dataset.turn];
    turn.textContent = words[isOff ? 1 : 0];
    turn.addEventListener("click", () => {
      isOff = !isOff;
      if (isOff) { window.localStorage.setItem(kept, ""); } else { window.localStorage.removeItem(kept); }
      turn.textContent = words[isOff ? 1 : 0];
    });
  }

  rows.forEach((row, index) => row.addEventListener("focusin", () => { at = index; }));
  document.querySelectorAll("[data-saved] li").forEach(item => {
    const pick = document.createElement("button");
    pick.type = "button";
    pick.className = "link";
    const words = item.querySelector("[data-words]");
    words.before(pick);
    pick.append(words);
    pick.addEventListener("click", () => {
      const said = decide.elements.Comment;
      said.value = said.value ? `${said.value}\n${pick.textContent}` : pick.textContent;
      said.focus();
    });
  });
  if (location.hash === "#to-student") { decide?.elements.Comment.focus(); }

  document.addEventListener("keydown", event => {
    if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) { return; }
    const row = rows[at];
    const actions = {
      j: () => go(1),
      k: () => go(-1),
      x: () => row?.querySelector("[type=checkbox]").click(),
      a: () => (decide?.querySelector("[data-approve]") ?? row?.querySelector("button[name=Which]"))?.click(),
      // Who sends work back says why: from the list it opens where that is written.
      r: () => {
        if (row) { location.assign(`${row.querySelector("a").href}#to-student`); } else if (decide?.elements.Comment.value) { decide.querySelector("[data-return]").click(); } else { decide?.elements.Comment.focus(); }
      },
      n: () => document.querySelector("[data-next]")?.click(),
      "?": () => {
        const isShown = keys?.offsetParent !== null;
        if (keys) { keys.hidden = isShown; }
        keys?.classList.toggle("asked", !isShown);
      },
    };
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  });
})();
