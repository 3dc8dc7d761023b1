// Typed text is saved while it is typed (htmx asks) and before any other button of the page acts.
"use strict";

(() => {
  const work = document.getElementById("work");
  const typing = document.getElementById("typing");
  const saved = document.getElementById("saved");
  if (!work || !typing || !saved) return;
  const LOST = "ยังไม่ได้บันทึก เชื่อมต่อเครื่องแม่ข่ายไม่ได้";
  const SIGNED_OUT = "ยังไม่ได้บันทึก กรุณาเข้าสู่ระบบอีกครั้งในแท็บใหม่ แล้วพิมพ์ต่อในหน้านี้";
  const address = work.getAttribute("action");
  // a page that refused stands at the address of its button: reloaded or gone back to, it must be
  // the row's page as it is kept by then, not what was sent once more
  const page = address.replace(/save\/$/, "");
  if (location.pathname !== page) history.replaceState(null, "", page + location.hash);
  let typed = 0; // how often something was typed
  let kept = 0; // the value of `typed` that has reached the server
  let asking = 0; // how many of htmx's requests are on their way
  let sending = 0; // the value of `typed` that is on its way

  const say = (text) => saved.replaceChildren(Object.assign(document.createElement("span"), { className: "cases-unsaved", textContent: text }));
  const isAnswer = (xhr) => xhr.responseURL.endsWith(address);

  work.addEventListener("input", () => { typed += 1; });

  // what is being mended is not called wrong any more; the next save says what still is
  work.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") !== "true") return;
    target.classList.remove("is-invalid");
    target.removeAttribute("aria-invalid");
    const told = (target.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    const isError = (id) => /[-_]error$/.test(id);
    for (const id of told.filter(isError)) document.getElementById(id)?.remove();
    target.setAttribute("aria-describedby", told.filter((id) => !isError(id)).join(" "));
    if (!work.querySelector("[aria-invalid=true]")) work.querySelector("#typing [role=alert]")?.remove();
  });

  const onTyping = (name, act) => document.body.addEventListener(`htmx:${name}`, (event) => {
    if (event.detail.elt === typing) act(event.detail, event);
  });
  onTyping("beforeRequest", () => { asking += 1; sending = typed; });
  onTyping("afterRequest", ({ xhr, successful }) => {
    asking -= 1;
    if (successful && isAnswer(xhr)) kept = sending;
    work.dispatchEvent(new Event("settled"));
  });
  onTyping("beforeSwap", (detail) => {
    if (isAnswer(detail.xhr)) return;
    detail.shouldSwap = false; // the login page came instead
    say(SIGNED_OUT);
  });
  onTyping("sendError", () => say(LOST));

  // the page must know what the last save made of its text, or the next would look like another's
  const settled = async () => {
    while (asking) await new Promise((go) => { work.addEventListener("settled", go, { once: true }); });
  };

  const send = (keepalive) => fetch(work.action, {
    method: "POST", body: new FormData(work), keepalive, redirect: "error", headers: { "HX-Request": "true" },
  });

  const keep = async () => {
    await settled();
    if (typed === kept) return true;
    const now = typed;
    const answer = await send(false);
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    for (const piece of part.content.querySelectorAll("[hx-swap-oob]")) {
      document.getElementById(piece.id)?.replaceChildren(...piece.childNodes);
      piece.remove();
    }
    saved.replaceChildren(part.content);
    if (answer.ok) kept = now;
    return answer.ok;
  };

  // every button of the page waits until what was typed is safe; those of the work form carry it
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const own = form === work;
    if (form.method !== "post" || (own ? !asking : typed === kept)) return;
    event.preventDefault();
    event.stopPropagation();
    const ready = own ? settled().then(() => true) : keep().catch(() => { say(LOST); return false; });
    ready.then((safe) => {
      if (safe) form.requestSubmit(event.submitter || undefined);
      else saved.scrollIntoView({ block: "center" });
    });
  }, true);

  work.addEventListener("submit", () => { kept = typed; });

  // one more blank line below the last, without asking the server
  work.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more-lines]");
    if (!button) return;
    event.preventDefault();
    const last = work.querySelector(".kb-line:last-child");
    const [old, at] = [last.dataset.line, Number(last.dataset.line) + 1];
    const line = last.cloneNode(true);
    line.dataset.line = at;
    line.querySelector(".kb-line-number").textContent = at + 1;
    for (const output of line.querySelectorAll("output")) Object.assign(output, { id: `sum-${at + 1}`, textContent: "" });
    for (const said of line.querySelectorAll(".invalid-feedback")) said.remove();
    for (const label of line.querySelectorAll("label")) {
      label.htmlFor = label.htmlFor.replace(`line-${old}-`, `line-${at}-`);
      label.querySelector(".visually-hidden").textContent = ` บรรทัดที่ ${at + 1}`;
    }
    for (const field of line.querySelectorAll("input, textarea")) {
      field.id = field.name = field.name.replace(`line-${old}-`, `line-${at}-`);
      field.value = "";
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    last.after(line);
    work.querySelector('[name="sheet-size"]').value = work.querySelectorAll(".kb-line").length;
    line.querySelector("input, textarea").focus();
  });
  window.addEventListener("pagehide", () => { if (typed !== kept) send(true).catch(() => {}); });
})();
