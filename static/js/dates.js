// A calendar beside every date field, in the Buddhist era. Typing works without it.
"use strict";

(() => {
  const ERA = 543;
  const MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];
  const WEEKDAYS = [["อา.", "อาทิตย์"], ["จ.", "จันทร์"], ["อ.", "อังคาร"], ["พ.", "พุธ"], ["พฤ.", "พฤหัสบดี"], ["ศ.", "ศุกร์"], ["ส.", "เสาร์"]];
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  const two = (number) => String(number).padStart(2, "0");
  const typed = (day) => `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear() + ERA}`;
  const iso = (day) => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  const moved = (day, days) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
  const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50);

  const inMonth = (day, months) => {
    const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0).getDate();
    return new Date(day.getFullYear(), day.getMonth() + months, Math.min(day.getDate(), last));
  };

  const read = (text) => {
    const found = arabic(text).match(/^\s*(\d{1,2})[/.-](\d{1,2})[/.-](2[45]\d\d)\s*$/);
    return found ? new Date(found[3] - ERA, found[2] - 1, found[1]) : null;
  };

  const make = (tag, facts, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const shape = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["class", "kb-icon"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };
  const CALENDAR = "M4 7.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 10h16M8.5 3.5v4M15.5 3.5v4";

  class Calendar {
    constructor(field) {
      this.field = field;
      this.input = field.querySelector("input");
      this.button = make("button", { type: "button", class: "kb-date-open", "aria-expanded": "false" }, shape(CALENDAR));
      const label = this.input.labels[0];
      this.button.setAttribute("aria-label", `เลือกจากปฏิทิน${label ? `: ${label.firstChild.textContent.trim()}` : ""}`);
      field.append(this.button);
      this.button.addEventListener("click", () => (this.panel ? this.close() : this.open()));
      field.addEventListener("keydown", (event) => this.press(event));
      field.addEventListener("focusout", (event) => {
        if (this.panel && event.relatedTarget && !field.contains(event.relatedTarget)) this.close(false);
      });
      document.addEventListener("click", (event) => {
        if (this.panel && !event.composedPath().includes(field)) this.close(false);
      });
    }

    allowed(day) {
      const { min, max } = this.field.dataset;
      return (!min || iso(day) >= min) && (!max || iso(day) <= max);
    }

    open() {
      this.day = read(this.input.value) || new Date();
      this.panel = make("div", { class: "kb-cal", role: "dialog", "aria-label": "เลือกวันที่" });
      this.field.append(this.panel);
      this.button.setAttribute("aria-expanded", "true");
      this.draw();
    }

    close(back = true) {
      this.panel.remove();
      this.panel = null;
      this.button.setAttribute("aria-expanded", "false");
      if (back) this.button.focus();
    }

    choose(day) {
      if (!this.allowed(day)) return;
      this.input.value = typed(day);
      for (const kind of ["input", "change"]) this.input.dispatchEvent(new Event(kind, { bubbles: true }));
      this.close(false);
      this.input.focus();
    }

    press(event) {
      if (!this.panel) return;
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        return;
      }
      if (!event.target.closest("td")) return;
      let next = null;
      if (event.key in STEPS) next = moved(this.day, STEPS[event.key]);
      else if (event.key === "Home") next = moved(this.day, -this.day.getDay());
      else if (event.key === "End") next = moved(this.day, 6 - this.day.getDay());
      else if (event.key === "PageUp") next = inMonth(this.day, event.shiftKey ? -12 : -1);
      else if (event.key === "PageDown") next = inMonth(this.day, event.shiftKey ? 12 : 1);
      if (!next) return;
      event.preventDefault();
      this.day = next;
      this.draw();
    }

    head() {
      const title = `${MONTHS[this.day.getMonth()]} ${this.day.getFullYear() + ERA}`;
      const turn = (months, label, path) => {
        const button = make("button", { type: "button", "aria-label": label }, shape(path));
        button.addEventListener("click", () => {
          this.day = inMonth(this.day, months);
          this.draw(months < 0 ? 0 : 1);
        });
        return button;
      };
      return make("div", { class: "kb-cal-head" },
        turn(-1, "เดือนก่อน", "M15 5.5 8.5 12l6.5 6.5"),
        make("span", { "aria-live": "polite" }, title),
        turn(1, "เดือนถัดไป", "m9 5.5 6.5 6.5L9 18.5"));
    }

    cell(day, chosen, today) {
      const facts = { type: "button", tabindex: iso(day) === iso(this.day) ? "0" : "-1" };
      facts["aria-label"] = `วัน${WEEKDAYS[day.getDay()][1]}ที่ ${day.getDate()} ${MONTHS[day.getMonth()]} ${day.getFullYear() + ERA}`;
      if (chosen && iso(chosen) === iso(day)) facts["aria-pressed"] = "true";
      if (iso(day) === iso(today)) facts["aria-current"] = "date";
      if (!this.allowed(day)) facts["aria-disabled"] = "true";
      const button = make("button", facts, String(day.getDate()));
      button.addEventListener("click", () => this.choose(day));
      return make("td", {}, button);
    }

    weeks() {
      const chosen = read(this.input.value);
      const today = new Date();
      const first = new Date(this.day.getFullYear(), this.day.getMonth(), 1);
      const rows = [];
      for (let start = moved(first, -first.getDay()); start.getMonth() === this.day.getMonth() || start < first; start = moved(start, 7)) {
        const row = make("tr", {});
        for (let i = 0; i < 7; i += 1) {
          const day = moved(start, i);
          row.append(day.getMonth() === this.day.getMonth() ? this.cell(day, chosen, today) : make("td", {}));
        }
        rows.push(row);
      }
      return rows;
    }

    draw(focusTurn = null) {
      const names = WEEKDAYS.map(([short, long]) => make("th", { scope: "col", abbr: `วัน${long}` }, short));
      const table = make("table", {}, make("thead", {}, make("tr", {}, ...names)), make("tbody", {}, ...this.weeks()));
      this.panel.replaceChildren(this.head(), table);
      if (focusTurn === null) this.panel.querySelector('td button[tabindex="0"]').focus();
      else this.panel.querySelectorAll(".kb-cal-head button")[focusTurn].focus();
    }
  }

  const enhance = (root) => {
    for (const field of root.querySelectorAll("[data-kb-date]")) {
      if (field.querySelector(".kb-date-open") || field.querySelector("input").disabled) continue;
      new Calendar(field);
    }
  };
  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:load", (event) => enhance(event.target.parentElement || document));
})();
