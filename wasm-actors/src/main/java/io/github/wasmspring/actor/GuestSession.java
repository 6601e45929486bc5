package io.github.wasmspring.actor;

import io.github.wasmspring.client.WasmSession;

/** An instance of a module that behaves for an actor, or for none at the moment. */
record GuestSession(WasmSession session, BehaviorExports exports) {

  static GuestSession of(WasmSession session) {
    try {
      return new GuestSession(session, session.bind(BehaviorExports.class));
    } catch (RuntimeException | Error unfit) {
      session.close();
      throw unfit;
    }
  }

  void close() {
    this.session.close();
  }
}
