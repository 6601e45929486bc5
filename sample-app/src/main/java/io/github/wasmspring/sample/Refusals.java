package io.github.wasmspring.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What clients are told that ask for what can't be. */
final class Refusals {

  private Refusals() {}

  /** The problem details of the answer have the sentence. */
  static ResponseStatusException refusal(String sentence) {
    return refusal(HttpStatus.BAD_REQUEST, sentence);
  }

  /** The same for other reasons. */
  static ResponseStatusException refusal(HttpStatus status, String sentence) {
    return new ResponseStatusException(status, sentence);
  }

  static void refuseIf(boolean wrong, String sentence) {
    if (wrong) {
      throw refusal(sentence);
    }
  }
}
