package io.github.wasmspring.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What clients are told that ask for what can't be. */
final class Refusals {

  private Refusals() {}

  /** The problem details of the answer have the sentence. */
  static ResponseStatusException refusal(String sentence) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, sentence);
  }

  static void refuseIf(boolean wrong, String sentence) {
    if (wrong) {
      throw refusal(sentence);
    }
  }
}
