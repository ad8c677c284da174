/* The page of a ballot that is sealed on the voter's own device: choose, check, confirm, receipt.
   The choices stand outside any form and in this script's memory; what leaves is the sealed ballot. */
import { canSeal, hex, readPaper, seal, unhex } from "./sealing.js";

const ballot = document.getElementById("ballot");
const names = Array.from(ballot.querySelectorAll("fieldset[data-number]"));
const part = (id) => document.getElementById(`ballot-${id}`);
const LABELS = { yes: "同意", no: "反对", abstain: "弃权" };
let paper;
let envelope; // what the check page shows and the box gets

function show(id) {
  for (const one of ["preparing", "choose", "check", "done", "differs"]) part(one).hidden = one !== id;
  part("trouble").hidden = true;
}

// The next page of the four: read from its beginning, by eyes and by screen readers.
function turnTo(id) {
  show(id);
  part(id).focus();
  window.scrollTo(0, 0);
}

function fill(place, children) {
  place.textContent = "";
  place.append(...children);
}

function written(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function row(...cells) {
  const line = document.createElement("tr");
  for (const [label, content, tag = "td"] of cells) {
    const cell = document.createElement(tag);
    cell.dataset.label = label;
    if (tag === "th") cell.scope = "row";
    cell.append(content);
    line.append(cell);
  }
  return line;
}

function figure([label, count]) {
  const item = document.createElement("li");
  const shown = document.createElement("span");
  shown.className = "kpi";
  shown.append(written("strong", count), label);
  item.append(shown);
  return item;
}

function chosen(fieldset) {
  const radio = fieldset.querySelector("input:checked");
  return radio ? radio.value : "";
}

function complain(title, reasons) {
  part("trouble").querySelector("h2").textContent = title;
  fill(part("trouble").querySelector("ul"), reasons.map((text) => written("li", text)));
  part("trouble").hidden = false;
  part("trouble").focus();
}

// Every name that is left out, on top with a link and beside the name.
function told(missing) {
  for (const fieldset of names) {
    const out = missing.includes(fieldset);
    fieldset.classList.toggle("field-invalid", out);
    fieldset.querySelector(".error").hidden = !out;
  }
  part("missing").hidden = missing.length === 0;
  part("missing").querySelector("h2").textContent = `有 ${missing.length} 处需要修改`;
  const links = missing.map((fieldset) => {
    const item = document.createElement("li");
    const link = written("a", fieldset.querySelector(".error").textContent);
    link.href = `#${fieldset.id}`;
    item.append(link);
    return item;
  });
  fill(part("missing").querySelector("ul"), links);
  if (missing.length) part("missing").focus();
}

async function check() {
  const missing = names.filter((fieldset) => !chosen(fieldset));
  told(missing);
  if (missing.length) return;
  const marks = new Map(paper.numbers.map((number) => [number, "recused"]));
  for (const fieldset of names) marks.set(Number(fieldset.dataset.number), chosen(fieldset));
  try {
    envelope = await seal(paper, marks);
    display(marks);
    turnTo("check");
  } catch (broken) {
    complain("本机密封没有成功", ["请刷新本页重新选择；仍然不行的，请换一个浏览器或手机。您的选择没有离开手机。"]);
  }
}

// What was sealed, not what the radio buttons say by now.
function display(marks) {
  const given = Array.from(marks.values());
  const counts = Object.keys(LABELS).map((choice) => [LABELS[choice], given.filter((mark) => mark === choice).length]);
  const recused = given.length - names.length;
  if (recused) counts.push(["回避", recused]);
  fill(part("counts"), counts.map(figure));
  const lines = names.map((one) => [Number(one.dataset.number), one.dataset.name]);
  fill(part("marks"), lines.map(([number, name]) =>
    row(["序号", number], ["姓名", name, "th"], ["选择", LABELS[marks.get(number)]])));
  fill(part("codes"), lines.map(([number, name]) =>
    row(["序号", number], ["姓名", name, "th"], ["核对码", written("code", envelope.codes.get(number))])));
  part("own-receipt").textContent = envelope.receipt;
}

async function post() {
  const letter = new FormData(part("box"));
  letter.append("sealed", envelope.sealed);
  const answer = await fetch(part("box").action, { method: "POST", body: letter, credentials: "same-origin" });
  return answer.json(); // anything else (signed out, no connection) is caught below
}

async function confirm(button) {
  button.disabled = true;
  button.textContent = "正在投进票箱……";
  try {
    const { receipt, reasons } = await post();
    if (!receipt) complain("没有投进票箱", reasons);
    else finish(receipt);
  } catch (lost) {
    complain("没有收到票箱的答复", [
      "您的选择还在本页，没有离开手机。请检查网络，再点一次“确认投票”，不会重复投票；仍然不行的，请重新登录。",
    ]);
  }
  button.disabled = false;
  button.textContent = "确认投票（不能再改）";
}

function finish(receipt) {
  const same = receipt === envelope.receipt;
  for (const radio of ballot.querySelectorAll("input:checked")) radio.checked = false;
  for (const id of ["marks", "codes", "counts"]) fill(part(id), []);
  for (const place of ballot.querySelectorAll("[data-box-receipt]")) place.textContent = receipt;
  for (const place of ballot.querySelectorAll("[data-own-receipt]")) place.textContent = envelope.receipt;
  envelope = null;
  turnTo(same ? "done" : "differs");
}

function rest() {
  for (const fieldset of names) {
    if (!chosen(fieldset)) fieldset.querySelector("input[value=yes]").checked = true;
  }
}

async function start() {
  if (!(await canSeal())) {
    window.location.replace(ballot.dataset.fallback);
    return;
  }
  paper = await readPaper(ballot.dataset.form, unhex(ballot.dataset.publicKey));
  part("key-hash").textContent = hex(paper.keyHash);
  part("form-hash").textContent = hex(paper.formHash);
  part("do-check").addEventListener("click", check);
  part("do-rest").addEventListener("click", rest);
  part("do-back").addEventListener("click", () => turnTo("choose"));
  part("do-confirm").addEventListener("click", (event) => confirm(event.currentTarget));
  ballot.hidden = false;
  show("choose");
}

start();
