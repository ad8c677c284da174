/* A ballot sealed on the voter's own device: HPKE (RFC 9180) with P-256, on what the browser has built in.
   The same bytes as reviews/rules/ballot/plaintext.py and sealing.py write; docs/decisions/0020 says why. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "../vendor/hpke/hpke.js";

const VERSION = 1;
const ROOT_BYTES = 10;
const CODE_BYTES = 10;
const LETTERS = { yes: "Y", no: "N", abstain: "A", recused: "R" };
const POINT_FROM = 1184 + 32; // the meeting's public key: ML-KEM-768, X25519, then the point on P-256

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const utf8 = new TextEncoder();

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

// Whether this browser can: it offers WebCrypto (over HTTPS only), and what it seals it also opens.
export async function canSeal() {
  if (!window.isSecureContext || !window.crypto || !crypto.subtle) return false;
  try {
    const pair = await suite.kem.generateKeyPair();
    const info = utf8.encode("test");
    const { ct, enc } = await suite.seal({ recipientPublicKey: pair.publicKey, info }, utf8.encode("test ballot"));
    const opened = await suite.open({ recipientKey: pair.privateKey, enc, info }, ct);
    return new TextDecoder().decode(opened) === "test ballot";
  } catch (broken) {
    return false;
  }
}

// `text`: the form as it was frozen; `publicKey`: the meeting's. What is shown of both is computed here, from what is used.
export async function readPaper(text, publicKey) {
  const form = JSON.parse(text);
  const formHash = await sha256(utf8.encode(text));
  return {
    numbers: form.names.map((one) => one.number),
    formHash,
    context: utf8.encode(`${form.meeting}|${form.sheet}|${hex(formHash)}`),
    point: publicKey.slice(POINT_FROM),
    keyHash: await sha256(publicKey),
  };
}

// `marks`: number → yes, no, abstain or recused, for every number of the paper.
// Returns what goes into the box, its receipt, and number → check code, which stays here.
export async function seal(paper, marks) {
  const { numbers, formHash } = paper;
  const roots = numbers.map(() => crypto.getRandomValues(new Uint8Array(ROOT_BYTES)));
  const letters = numbers.map((number) => LETTERS[marks.get(number)]);
  if (letters.includes(undefined)) throw new Error("every name needs exactly one mark");
  const plaintext = joined(Uint8Array.of(VERSION), formHash, utf8.encode(letters.join("")), ...roots);
  const recipientPublicKey = await suite.kem.deserializePublicKey(paper.point);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: paper.context }, plaintext);
  const sealed = joined(new Uint8Array(enc), new Uint8Array(ct));
  const codes = new Map();
  for (const [place, number] of numbers.entries()) {
    const made = await sha256(joined(formHash, Uint8Array.of(number >> 8, number & 255), roots[place]));
    codes.set(number, hex(made.slice(0, CODE_BYTES)));
  }
  return { sealed: hex(sealed), receipt: hex(await sha256(sealed)), codes };
}
