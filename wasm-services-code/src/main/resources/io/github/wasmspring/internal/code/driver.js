// What stands between Java and the code that is run: evaluated once, when the module is prepared.
// It keeps what it uses of the language, so that code which changes built-in objects confuses
// nobody but itself.
(function (host) {
  'use strict';

  const CONSOLE = -1;
  const MOST_SHOWN = 100;
  const MOST_TEXT = 100000;
  const MOST_DEPTH = 4;

  const global = globalThis;
  const Failure = Error;
  const Bytes = Uint8Array;
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const { min, max, floor } = Math;
  const text = String;
  const uncurried = (method) => (self, ...rest) => apply(method, self, rest);
  const slice = uncurried(String.prototype.slice);
  const push = uncurried(Array.prototype.push);
  const join = uncurried(Array.prototype.join);
  const includes = uncurried(Array.prototype.includes);
  const indexOf = uncurried(Array.prototype.indexOf);
  const splice = uncurried(Array.prototype.splice);
  const symbolText = uncurried(Symbol.prototype.toString);
  const isoDate = uncurried(Date.prototype.toISOString);
  const cut = uncurried(ArrayBuffer.prototype.slice);

  const own = (object, name, value) =>
    defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true });
  const hidden = (object, name, value) =>
    defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });

  // Random numbers: sfc32, whose state the host gives anew for each run.
  let a = 1, b = 2, c = 3, d = 4;
  const bits = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  hidden(Math, 'random', function random() {
    return ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  });

  // Values for people.
  const shownKey = (key) =>
    typeof key === 'symbol' ? '[' + symbolText(key) + ']' : key;
  const shownObject = (value, depth, above) => {
    if (includes(above, value)) {
      return '[Circular]';
    }
    if (value instanceof Failure) {
      const stack = value.stack;
      const head = text(value);
      return typeof stack === 'string' && stack !== '' ? head + '\n' + stack : head;
    }
    if (value instanceof Date) {
      return isoDate(value);
    }
    if (value instanceof RegExp) {
      return text(value);
    }
    const list = isArray(value);
    if (depth >= MOST_DEPTH) {
      return list ? '[Array]' : '[Object]';
    }
    const inside = [...above, value];
    const parts = [];
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const property = getOwnPropertyDescriptor(value, key);
      if (property === undefined || !property.enumerable) {
        continue;
      }
      if (parts.length === MOST_SHOWN) {
        push(parts, '...');
        break;
      }
      const content =
        'value' in property ? shown(property.value, depth + 1, inside) : '[Getter]';
      push(parts, list && typeof key === 'string' ? content : shownKey(key) + ': ' + content);
    }
    const all = join(parts, ', ');
    return list ? '[' + all + ']' : parts.length === 0 ? '{}' : '{ ' + all + ' }';
  };
  const shown = (value, depth, above) => {
    switch (typeof value) {
      case 'string':
        return depth === 0 ? value : stringify(value);
      case 'bigint':
        return text(value) + 'n';
      case 'symbol':
        return symbolText(value);
      case 'function':
        return '[Function]';
      case 'object':
        return value === null ? 'null' : shownObject(value, depth, above);
      default:
        return text(value);
    }
  };
  const shownSafely = (value) => {
    try {
      return slice(shown(value, 0, []), 0, MOST_TEXT);
    } catch (unshowable) {
      return '[Object that can not be shown]';
    }
  };

  // The console.
  const console = {};
  const write = (level, values) => {
    const parts = [];
    for (let i = 0; i < values.length; i++) {
      push(parts, shownSafely(values[i]));
    }
    host(CONSOLE, level, slice(join(parts, ' '), 0, MOST_TEXT));
  };
  const method = (name, level) =>
    hidden(console, name, function (...values) {
      write(level, values);
    });
  method('debug', 'DEBUG');
  method('log', 'INFO');
  method('info', 'INFO');
  method('dir', 'INFO');
  method('trace', 'DEBUG');
  method('warn', 'WARN');
  method('error', 'ERROR');
  hidden(console, 'assert', function (condition, ...values) {
    if (!condition) {
      write('ERROR', ['Assertion failed', ...values]);
    }
  });
  hidden(global, 'console', console);

  // Timers: nobody waits for one. When nothing else is left to do, the clock goes on to the next.
  let time = 0, lastTimer = 0, timers = [];
  const start = (action, delay, repeated, values) => {
    if (typeof action !== 'function') {
      throw new TypeError('A timer needs a function');
    }
    const pause = max(0, min(2147483647, floor(+delay) || 0));
    lastTimer++;
    push(timers, { id: lastTimer, due: time + pause, pause, repeated, action, values });
    return lastTimer;
  };
  const clear = (id) => {
    for (let i = 0; i < timers.length; i++) {
      if (timers[i].id === id) {
        splice(timers, i, 1);
        return;
      }
    }
  };
  hidden(global, 'setTimeout', function setTimeout(action, delay, ...values) {
    return start(action, delay, false, values);
  });
  hidden(global, 'setInterval', function setInterval(action, delay, ...values) {
    return start(action, max(1, +delay || 0), true, values);
  });
  hidden(global, 'setImmediate', function setImmediate(action, ...values) {
    return start(action, 0, false, values);
  });
  hidden(global, 'clearTimeout', function clearTimeout(id) { clear(id); });
  hidden(global, 'clearInterval', function clearInterval(id) { clear(id); });
  hidden(global, 'clearImmediate', function clearImmediate(id) { clear(id); });

  // By how many milliseconds the clock has to go on for the next timer, -1 if there is none.
  const pause = () => {
    if (timers.length === 0) {
      return -1;
    }
    let next = timers[0];
    for (let i = 1; i < timers.length; i++) {
      if (timers[i].due < next.due) {
        next = timers[i];
      }
    }
    return next.due - time;
  };
  const fire = () => {
    const wait = pause();
    time += wait;
    for (let i = 0; i < timers.length; i++) {
      const timer = timers[i];
      if (timer.due <= time) {
        if (timer.repeated) {
          splice(timers, i, 1);
          timer.due = time + timer.pause;
          push(timers, timer);
        } else {
          splice(timers, i, 1);
        }
        apply(timer.action, undefined, timer.values);
        return;
      }
    }
  };

  // Bytes cross as array buffers, everything else as JSON.
  const isBytes = (value) => isView(value) || value instanceof ArrayBuffer;
  const buffer = (value) =>
    isView(value)
      ? cut(value.buffer, value.byteOffset, value.byteOffset + value.byteLength)
      : cut(value, 0, value.byteLength);
  const call = (index, given) => {
    const values = [], places = [], buffers = [];
    for (let i = 0; i < given.length; i++) {
      if (isBytes(given[i])) {
        push(places, i);
        push(buffers, buffer(given[i]));
        push(values, null);
      } else {
        push(values, given[i]);
      }
    }
    const answer = host(index, stringify(values), stringify(places), ...buffers);
    if (typeof answer !== 'string') {
      return answer === undefined ? undefined : construct(Bytes, [answer]);
    }
    if (answer[0] === 'e') {
      throw new Failure(slice(answer, 1));
    }
    return parse(slice(answer, 1));
  };

  const begin = (seed, values, names) => {
    [a, b, c, d] = parse(seed);
    for (let i = 0; i < 12; i++) {
      bits();
    }
    const given = parse(values);
    for (const name of ownKeys(given)) {
      own(global, name, given[name]);
    }
    const functions = parse(names);
    for (let i = 0; i < functions.length; i++) {
      const index = i;
      own(global, functions[i], function (...values) {
        return call(index, values);
      });
    }
  };

  // Undefined, an array buffer, or JSON.
  const finish = (value) => (isBytes(value) ? buffer(value) : stringify(value));

  const exported = (namespace) =>
    'default' in namespace ? namespace.default : { ...namespace };

  const read = (object, name) => {
    try {
      const value = object[name];
      return value === undefined || value === null ? '' : slice(text(value), 0, MOST_TEXT);
    } catch (unreadable) {
      return '';
    }
  };
  const describe = (error) => {
    const structured = error instanceof Failure || typeof DOMException === 'function' && error instanceof DOMException;
    return stringify(
      structured
        ? { name: read(error, 'name') || 'Error', message: read(error, 'message'), stack: read(error, 'stack') }
        : { name: '', message: shownSafely(error), stack: '' });
  };

  return [begin, finish, exported, describe, pause, fire];
})
