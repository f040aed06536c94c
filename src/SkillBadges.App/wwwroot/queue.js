// Keys for the queue and for one piece of work. Without this script every step is a link or a button.
"use strict";
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
    pick.append(...item.childNodes);
    pick.addEventListener("click", () => {
      const words = decide.elements.Comment;
      words.value = words.value ? `${words.value}\n${pick.textContent}` : pick.textContent;
      words.focus();
    });
    item.append(pick);
  });

  document.addEventListener("keydown", event => {
    if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) { return; }
    const row = rows[at];
    const actions = {
      j: () => go(1),
      k: () => go(-1),
      x: () => row?.querySelector("[type=checkbox]").click(),
      a: () => (decide?.querySelector("[data-approve]") ?? row?.querySelector("button[name=Which]"))?.click(),
      r: () => decide?.elements.Comment.value ? decide.querySelector("[data-return]").click() : decide?.elements.Comment.focus(),
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
