// Tăng tốc cho trang đã chạy được không cần kịch bản: phím tắt, ô chọn có thẻ, hạn viết tắt, hộp thoại, ba ngăn, thông báo.
// Không nội tuyến, không eval. Mọi thao tác vẫn là liên kết hay biểu mẫu thật.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const bare = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls || "", textContent: text || "" });
const icon = name => { const t = make("template"); t.innerHTML = `<svg class="ic" aria-hidden="true"><use href="#i-${name}"/></svg>`; return t.content.firstChild; };
const shown = el => el && el.getClientRects().length > 0;
const say = text => { const box = $("[data-toasts]"); if (!box) return; const p = make("p", "vh", text); box.append(p); setTimeout(() => p.remove(), 4000); };

// ── phím tắt ──
// Theo phím vật lý: bộ gõ Telex, VNI trên Windows không báo isComposing và chèn chữ bằng phím ảo không có code.
const typing = e => e.target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
const off = () => document.body.dataset.shortcuts === "off" || localStorage.getItem("shortcuts") === "off";
const current = () => $("[data-list] [aria-current]");
const pages = () => $$(".viewer__pages").find(shown);

function press(letter) {
  const target = $$(`[data-key="${letter}"]`).find(el => shown(el) || el.closest(".side")) || $(`[data-key="${letter}"]`);
  if (!target) return false;
  const input = target.matches("input,select,textarea") ? target.closest(".combo")?.querySelector("input") || target : null;
  if (input) { input.closest(".side")?.classList.add("is-open"); input.focus(); input.select?.(); } else target.click();
  return true;
}
function step(by) {
  const rows = $$("[data-list] a.row, [data-list] tr:has(a.t)");
  if (!rows.length) return false;
  const at = rows.findIndex(r => r.hasAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  if (next === rows[at]) return true;
  rows.forEach(r => r.removeAttribute("aria-current"));
  next.setAttribute("aria-current", "true");
  const link = next.matches("a") ? next : $("a.t", next);
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (link.matches("[data-swap]")) later(link);
  return true;
}
let picked = null;
function pick(range) {
  const item = current()?.closest("li,tr") || document.activeElement.closest("li,tr");
  const box = item && $("input[type=checkbox]", item);
  if (!box) return false;
  box.checked = !box.checked;
  if (range && picked) {
    const all = $$("[data-list] input[type=checkbox]"), [a, b] = [all.indexOf(picked), all.indexOf(box)].sort((x, y) => x - y);
    all.slice(a, b + 1).forEach(el => { el.checked = true; });
  }
  picked = box;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
const scroll = by => { const box = pages(); if (!box) return false; box.scrollBy({ top: by * box.clientHeight * .85, behavior: "smooth" }); return true; };
const keys = {
  KeyJ: () => step(1), KeyK: () => step(-1), KeyX: e => pick(e.shiftKey), Space: e => !e.target.closest("a,button,summary,input") && scroll(e.shiftKey ? -1 : 1),
  Enter: e => { const row = current(); if (!row || e.target.closest("a,button,summary")) return false; ($("a.t", row) || row).click(); return true; },
  Slash: e => { if (e.shiftKey) { $("#keys")?.showModal(); return true; } const q = $("#q"); if (!q) return false; q.focus(); q.select(); return true; },
};
for (const letter of "VCHYGZ") keys["Key" + letter] = () => press(letter);

document.addEventListener("keydown", e => {
  if (e.defaultPrevented || e.isComposing || e.keyCode === 229 || !e.code) return;
  if (e.code === "Enter" && (e.ctrlKey || e.metaKey)) { const form = e.target.form || $(".side form"); if (form && form.method === "post") { e.preventDefault(); form.requestSubmit(); } return; }
  if (e.code === "Escape") { $$("details[data-menu][open]").forEach(d => { d.open = false; }); $$(".side.is-open").forEach(s => s.classList.remove("is-open")); if (typing(e)) e.target.blur(); return; }
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey || off() || $("dialog[open]")) return;
  if (keys[e.code]?.(e)) e.preventDefault();
});

// ── hộp thoại, gấp mở, xác nhận ──
document.addEventListener("click", e => {
  const at = selector => e.target.closest(selector);
  $$("details[data-menu][open]").forEach(d => { if (!d.contains(e.target)) d.open = false; });
  let el;
  if ((el = at("[data-dialog]"))) { e.preventDefault(); document.getElementById(el.dataset.dialog)?.showModal(); }
  else if ((el = at("[data-close]"))) el.closest("dialog").close();
  else if ((el = at("[data-toggle]"))) el.setAttribute("aria-expanded", el.parentElement.classList.toggle(el.dataset.toggle));
  else if ((el = at("[data-open-side]"))) { e.preventDefault(); const side = document.getElementById(el.dataset.openSide); side.classList.add("is-open"); $("input:not([type=hidden]),select,textarea,button", side)?.focus(); }
  else if ((el = at("[data-close-side]"))) { e.preventDefault(); el.closest(".side").classList.remove("is-open"); el.blur(); }
  else if ((el = at("[data-zoom]"))) { const on = $(".viewer__pages", el.closest(".viewer")).classList.toggle("is-large"); el.setAttribute("aria-pressed", on); }
  else if ((el = at("[data-dismiss]"))) el.closest(".toast").remove();
  else if (at("[data-print]")) window.print();
  else if (at("[data-back]") && history.length > 1) { e.preventDefault(); history.back(); }
  else if ((el = at("a[data-swap]")) && !(e.ctrlKey || e.metaKey || e.shiftKey || e.button) && matchMedia("(min-width: 721px)").matches) { e.preventDefault(); mark(el); swap(el.href); }
  else if ((el = at("button[data-confirm]")) && !el.dataset.confirmed) { e.preventDefault(); ask(el); }
});
function ask(button) {
  const box = $("#confirm");
  $("#confirm-t").textContent = button.dataset.confirmTitle;
  $("#confirm-d").textContent = button.dataset.confirm;
  $("[data-yes]", box).textContent = button.dataset.confirmTitle;
  box.returnValue = "";
  box.onclose = () => { if (box.returnValue === "yes") { button.dataset.confirmed = "1"; button.click(); delete button.dataset.confirmed; } };
  box.showModal();
}

// ── gửi một lần ──
document.addEventListener("submit", e => {
  const form = e.target;
  if (form.method !== "post" || e.defaultPrevented) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = "1";
  delete form.dataset.dirty;
  const buttons = $$("button", form);
  setTimeout(() => buttons.forEach(b => { b.disabled = true; b.setAttribute("aria-busy", "true"); }));
  setTimeout(() => release(form), 20000);
  if ($$("input[type=file]", form).some(f => f.files.length)) { const bar = make("progress"); bar.setAttribute("aria-label", "Đang tải tệp lên"); ($(".formfoot", form) || form).append(bar); }
});
function release(form) {
  delete form.dataset.sent;
  $$("button[aria-busy]", form).forEach(b => { b.disabled = false; b.removeAttribute("aria-busy"); });
  $$("progress", form).forEach(bar => bar.remove());
}
addEventListener("pageshow", () => $$("form[data-sent]").forEach(release));
document.addEventListener("input", e => { if (e.target.form?.method === "post") e.target.form.dataset.dirty = "1"; });

// ── ba ngăn: đổi ngăn đọc và ngăn biểu mẫu, danh sách đứng yên ──
let timer, fetching;
const mark = link => { $$("[data-list] .row[aria-current]").forEach(r => r.removeAttribute("aria-current")); link.setAttribute("aria-current", "true"); };
const later = link => { clearTimeout(timer); timer = setTimeout(() => swap(link.href), 140); };
async function swap(url, push = true) {
  const panes = $$("[data-pane]");
  if (!panes.length || panes.some(p => $("form[data-dirty]", p)) && !confirm("Biểu mẫu đang nhập dở sẽ bị bỏ. Chuyển sang mục khác?")) { if (!panes.length) location.assign(url); return; }
  fetching?.abort();
  fetching = new AbortController();
  panes.forEach(p => { p.setAttribute("aria-busy", "true"); p.classList.add("is-loading"); });
  try {
    const answer = await fetch(url, { headers: { "X-Fragment": "1" }, signal: fetching.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = panes.map(p => $(`[data-pane="${p.dataset.pane}"]`, page));
    if (!answer.ok || answer.redirected || fresh.some(p => !p)) { location.assign(url); return; }
    $$(".sprite symbol", page).forEach(s => { if (!document.getElementById(s.id)) $(".sprite").append(document.adoptNode(s)); });
    panes.forEach((p, i) => { const node = document.adoptNode(fresh[i]); p.replaceWith(node); enhance(node); });
    if (page.title) document.title = page.title;
    current()?.classList.remove("unread");
    if (push) history.pushState({ swapped: true }, "", url);
    say(page.title);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}
addEventListener("popstate", () => { const row = $$("a[data-swap]").find(a => a.href === location.href); if (row) { mark(row); swap(row.href, false); } else if ($("[data-pane]")) location.reload(); });

// ── ô chọn có thẻ: gõ không dấu vẫn ra, Enter chọn, Backspace bỏ thẻ cuối ──
function combobox(select) {
  const many = select.multiple, root = select.closest(".combo"), id = select.id;
  const box = make("div", "chipbox"), input = make("input"), list = make("ul", "listbox");
  const options = [...select.options].filter(o => o.value), label = $(`label[for="${id}"]`);
  let hits = [], at = 0;
  Object.assign(input, { id: id + "-q", autocomplete: "off", placeholder: select.dataset.placeholder || (many ? "Gõ tên để thêm" : "Gõ để tìm, chọn") });
  Object.assign(list, { id: id + "-list", hidden: true, role: "listbox" });
  list.setAttribute("aria-label", label?.textContent.trim() || "Lựa chọn");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-describedby": select.getAttribute("aria-describedby"), "aria-invalid": select.getAttribute("aria-invalid"), "aria-required": select.required ? "true" : null, "data-key": select.dataset.key })) if (value) input.setAttribute(name, value);
  delete select.dataset.key;
  if (label) label.htmlFor = input.id;
  box.append(input);
  root.append(box, list);
  if (select.autofocus) input.focus();
  select.addEventListener("focus", () => input.focus());

  const chips = () => {
    $$(".chip", box).forEach(c => c.remove());
    for (const o of options.filter(o => o.selected)) {
      const chip = make("span", "chip" + (o.dataset.warning ? " chip--warn" : many ? "" : " chip--lead"), o.label), drop = make("button");
      if (o.dataset.warning) chip.title = o.dataset.warning;
      Object.assign(drop, { type: "button", ariaLabel: "Bỏ " + o.label, onclick: () => { choose(o, false); input.focus(); } });
      drop.append(icon("x"));
      chip.append(drop);
      input.before(chip);
    }
  };
  const choose = (option, on) => {
    if (!many) options.forEach(o => { o.selected = false; });
    option.selected = on;
    if (!many && !on) select.value = "";
    input.value = "";
    chips();
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const draw = () => {
    const words = bare(input.value.trim()).split(/\s+/).filter(Boolean);
    hits = options.filter(o => !o.selected && words.every(w => bare(o.label + " " + (o.dataset.detail || "")).includes(w))).slice(0, 50);
    at = Math.min(at, Math.max(0, hits.length - 1));
    list.replaceChildren(...hits.map((o, i) => {
      const item = make("li"), name = make("span", "", o.label);
      Object.assign(item, { id: `${id}-o${i}`, role: "option", ariaSelected: String(i === at), onmousedown: e => { e.preventDefault(); choose(o, true); } });
      item.append(name);
      if (o.dataset.detail || o.dataset.warning) item.append(make("small", "", [o.dataset.detail, o.dataset.warning].filter(Boolean).join(" · ")));
      return item;
    }));
    if (!hits.length) { const none = make("li", "none", "Không có mục nào khớp"); none.setAttribute("role", "option"); none.setAttribute("aria-disabled", "true"); list.append(none); }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) { input.setAttribute("aria-activedescendant", `${id}-o${at}`); list.children[at].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  };
  input.addEventListener("input", e => { e.stopPropagation(); at = 0; draw(); });
  input.addEventListener("click", draw);
  input.addEventListener("blur", () => { close(); input.value = ""; });
  box.addEventListener("click", () => input.focus());
  input.addEventListener("keydown", e => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[e.code];
    if (move) { e.preventDefault(); at = list.hidden ? 0 : Math.max(0, Math.min(hits.length - 1, at + move)); draw(); }
    else if (e.code === "Enter" && !list.hidden && hits[at]) { e.preventDefault(); choose(hits[at], true); }
    else if (e.code === "Enter") e.preventDefault();
    else if (e.code === "Tab" && !list.hidden && input.value && hits.length === 1) choose(hits[0], true);
    else if (e.code === "Escape" && !list.hidden) { e.preventDefault(); e.stopPropagation(); close(); }
    else if (e.code === "Backspace" && !input.value) { const last = options.filter(o => o.selected).pop(); if (last) choose(last, false); }
  });
  chips();
}

// ── ngày viết tắt: hiện bằng lời điều máy chủ sẽ hiểu; máy chủ quyết định ──
const weekdays = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
function reading(typed) {
  const text = bare(typed.trim()), day = new Date((document.body.dataset.today || "") + "T00:00"), add = n => day.setDate(day.getDate() + n);
  let m, note = "";
  if (isNaN(day)) return "";
  if ((m = /^\+(\d{1,3})$/.exec(text))) { for (let n = +m[1]; n > 0;) { add(1); if (day.getDay() % 6) n--; } note = " (nếu không có ngày nghỉ lễ)"; }
  else if (text === "hn") add(0);
  else if (text === "nm") add(1);
  else if ((m = /^t([2-7])$/.exec(text)) || text === "cn") { const want = m ? m[1] - 1 : 0; do add(1); while (day.getDay() !== want); }
  else if ((m = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?:[ ,]+\d.*)?$/.exec(text))) {
    const year = m[3] ? +m[3] : day.getFullYear(), month = m[2] - 1, date = +m[1];
    day.setFullYear(year, month, date);
    if (day.getMonth() !== month || day.getDate() !== date) return "Ngày này không có trong lịch";
    if (!m[3]) return "";
  } else return "";
  return `${weekdays[day.getDay()]}, ${String(day.getDate()).padStart(2, "0")}/${String(day.getMonth() + 1).padStart(2, "0")}/${day.getFullYear()}${note}`;
}

// ── gắn vào một phần trang ──
function enhance(root) {
  $$("select[data-combobox]", root).forEach(combobox);
  $$("[data-date]", root).forEach(input => {
    const echo = $("[data-echo]", input.parentElement);
    const show = () => { if (echo) echo.textContent = reading(input.value); };
    input.addEventListener("input", show);
    if (input.value) show();
  });
  $$("input[data-files]", root).forEach(input => input.addEventListener("change", () => {
    const out = $("[data-picked]", input.parentElement), files = [...input.files];
    out.hidden = !files.length;
    out.textContent = files.map(f => `${f.name} (${(f.size / 1048576).toFixed(1).replace(".", ",")} MB)`).join(" · ");
  }));
  $$("[data-bulk]", root).forEach(bar => {
    const boxes = () => $$(`input[type=checkbox][name=ids][form="${bar.dataset.bulk}"]`);
    const count = () => { const n = boxes().filter(b => b.checked).length; bar.hidden = !n; $("[data-bulk-count]", bar).textContent = n; };
    document.addEventListener("change", count);
    count();
  });
  $$("[data-toast]", root).forEach(toast => {
    let left;
    const go = () => { left = setTimeout(() => toast.remove(), toast.dataset.toast * 1000); }, stop = () => clearTimeout(left);
    for (const [name, act] of [["mouseenter", stop], ["focusin", stop], ["mouseleave", go], ["focusout", go]]) toast.addEventListener(name, act);
    go();
  });
}
enhance(document);
$("[data-focus]")?.focus();
$("[data-list] .row[aria-current]")?.scrollIntoView({ block: "center" });
const toggle = $("[data-shortcuts-off]");
if (toggle) { toggle.checked = localStorage.getItem("shortcuts") === "off"; toggle.onchange = () => localStorage.setItem("shortcuts", toggle.checked ? "off" : "on"); }

// ── con số trên menu: mỗi phút một lần, khi trang đang được xem ──
const poll = document.body.dataset.poll;
if (poll) setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(poll, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) for (const [key, count] of Object.entries(await answer.json())) $$(`[data-count="${CSS.escape(key)}"]`).forEach(el => { el.textContent = count || ""; });
  } catch { /* mất mạng một lúc: lần sau hỏi lại */ }
}, 60000);
