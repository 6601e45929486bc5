package io.github.wasmspring.code;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that are there without being bound, by where code runs. */
public enum CodeGlobals {
  /** Those of ECMAScript 2025, everywhere. */
  ECMASCRIPT(
      """
      AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView \
      Date Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function \
      Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise \
      Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError \
      TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet \
      decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN \
      parseFloat parseInt undefined unescape"""),
  /** What browsers, Node, Deno and workers share: the minimum common API of WinterTC. */
  COMMON(
      """
      AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream \
      CountQueuingStrategy Crypto CryptoKey DOMException DecompressionStream Event EventTarget File \
      FormData Headers ReadableByteStreamController ReadableStream ReadableStreamBYOBReader \
      ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request \
      Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream \
      TransformStream TransformStreamDefaultController URL URLSearchParams WebAssembly \
      WritableStream WritableStreamDefaultController atob btoa clearInterval clearTimeout console \
      crypto fetch navigator performance queueMicrotask setInterval setTimeout structuredClone"""),
  /** Those of Node, with those of its CommonJS files and {@link #COMMON}. */
  NODE(
      """
      Buffer __dirname __filename clearImmediate exports global module process require \
      setImmediate BroadcastChannel MessageChannel MessageEvent MessagePort Performance \
      PerformanceEntry PerformanceObserver WebSocket""",
      COMMON),
  /**
   * Those of pages that code uses most, with {@link #COMMON}; not all of the thousand there are.
   */
  BROWSER(
      """
      CSS CustomEvent DOMParser Document DocumentFragment Element ErrorEvent FileReader HTMLElement \
      Image IntersectionObserver KeyboardEvent Location MessageChannel MessageEvent MouseEvent \
      MutationObserver Node NodeList Notification ResizeObserver ShadowRoot SharedWorker Storage \
      SVGElement Text TouchEvent WebSocket Window Worker XMLHttpRequest XMLSerializer alert \
      addEventListener cancelAnimationFrame caches confirm customElements dispatchEvent document \
      event frames getComputedStyle getSelection history indexedDB innerHeight innerWidth \
      localStorage location matchMedia name open origin parent postMessage print prompt \
      removeEventListener reportError requestAnimationFrame requestIdleCallback screen scroll \
      scrollBy scrollTo self sessionStorage status stop top window""",
      COMMON);

  private final Set<String> names;

  CodeGlobals(String names, CodeGlobals... others) {
    Set<String> all = new LinkedHashSet<>(List.of(names.split(" ")));
    for (CodeGlobals other : others) {
      all.addAll(other.names);
    }
    this.names = Set.copyOf(all);
  }

  public Set<String> names() {
    return this.names;
  }
}
