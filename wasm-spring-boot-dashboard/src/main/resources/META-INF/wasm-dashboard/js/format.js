const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ONE = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** Stands for what is not known. */
export const UNKNOWN = "–";

const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

const scaled = (value) => (Math.abs(value) < 99.95 ? ONE : WHOLE).format(value).replace(/\.0$/, "");

export function count(value) {
  if (!known(value)) return UNKNOWN;
  return Math.abs(value) < 1e6 ? WHOLE.format(value) : COMPACT.format(value);
}

export function perSecond(value) {
  if (!known(value)) return UNKNOWN;
  if (value === 0) return "0";
  if (value < 0.1) return "< 0.1";
  return value < 10 ? ONE.format(value) : count(value);
}

function inUnits(value, step, units) {
  let unit = 0;
  let rest = value;
  while (unit < units.length - 1 && Math.abs(rest) >= step * 0.9995) {
    rest /= step;
    unit++;
  }
  return `${scaled(rest)} ${units[unit]}`;
}

/** As Spring's DataSize counts: a KB has 1,024 bytes. */
export function bytes(value) {
  return known(value) ? inUnits(value, 1024, ["B", "KB", "MB", "GB", "TB"]) : UNKNOWN;
}

export function nanos(value) {
  if (!known(value)) return UNKNOWN;
  if (value === 0) return "0 ns";
  if (value < 60e9) return inUnits(value, 1000, ["ns", "µs", "ms", "s"]);
  const minutes = Math.floor(value / 60e9);
  if (minutes < 60) return `${minutes} min ${Math.floor((value % 60e9) / 1e9)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A share from 0 to 1; what is not all or nothing never reads as if it were. */
export function share(value) {
  if (!known(value)) return UNKNOWN;
  const percent = value * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "< 0.1 %";
  if (percent > 99.9 && percent < 100) return "> 99.9 %";
  return `${scaled(percent)} %`;
}

/** The time of day, with the date unless it is today. */
export function time(at) {
  if (!known(at)) return UNKNOWN;
  const date = new Date(at);
  const clock = CLOCK.format(date);
  return date.toDateString() === new Date().toDateString() ? clock : `${DAY.format(date)}, ${clock}`;
}

/** The time of day of a number of seconds, without seconds if it has none. */
export function clock(seconds) {
  const text = CLOCK.format(new Date(seconds * 1000));
  return text.endsWith(":00") ? text.slice(0, 5) : text;
}

export function plural(number, one, many) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** The first characters of a digest, enough to tell two apart. */
export function shortDigest(digest) {
  return digest ? digest.replace(/^sha256:/, "").slice(0, 12) : UNKNOWN;
}

/** An enumeration's name as a person says it: MEMORY_LIMIT is "memory limit". */
export function words(name) {
  return String(name ?? UNKNOWN).toLowerCase().replace(/[_-]+/g, " ");
}

const BY_UNIT = {
  count,
  bytes,
  nanos,
  time,
  share,
  perSecond,
  text: (value) => (known(value) && value !== "" ? String(value) : UNKNOWN),
};

export function byUnit(unit, value) {
  return (BY_UNIT[unit] ?? BY_UNIT.text)(value);
}
