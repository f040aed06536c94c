// Arrow keys walk over the cells of a class view, and each cell says in words what it shows. Without this script the table is a table.
"use strict";
(() => {
  const table = document.querySelector("[data-heat]");
  const says = document.querySelector("[data-heat-says]");
  if (!table) { return; }
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  let now = rows[0]?.cells[1];
  if (!now) { return; }
  now.tabIndex = 0;

  function go(row, column) {
    const next = rows[Math.min(rows.length - 1, Math.max(0, row))].cells[Math.min(heads.length - 1, Math.max(1, column))];
    now.tabIndex = -1;
    next.tabIndex = 0;
    now = next;
    next.focus();
  }

  table.addEventListener("focusin", event => {
    const cell = event.target.closest("tbody td");
    if (cell) { says.textContent = [cell.parentElement.cells[0], heads[cell.cellIndex], cell].map(part => part.textContent.trim()).join(" · "); }
  });
  table.addEventListener("click", event => {
    const cell = event.target.closest("tbody td");
    if (cell) { go(rows.indexOf(cell.parentElement), cell.cellIndex); }
  });
  table.addEventListener("keydown", event => {
    const cell = event.target.closest("tbody td");
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (cell && step) {
      event.preventDefault();
      go(rows.indexOf(cell.parentElement) + step[0], cell.cellIndex + step[1]);
    } else if (cell && event.key === "Enter") {
      cell.parentElement.cells[0].querySelector("a").click();
    }
  });
})();
