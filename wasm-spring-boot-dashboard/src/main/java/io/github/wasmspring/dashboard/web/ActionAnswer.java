package io.github.wasmspring.dashboard.web;

/**
 * What became of an action.
 *
 * @param state {@code done} or {@code running}
 * @param message for people
 * @param progress by which the stream tells the rest
 */
record ActionAnswer(String state, String message, String progress) {

  boolean isDone() {
    return this.state.equals("done");
  }
}
