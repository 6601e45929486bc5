package io.github.wasmspring.sample;

import io.github.wasmspring.bundle.json.Json;
import org.springframework.stereotype.Service;

@Service
class Documents {

  private final Json json;

  Documents(Json json) {
    this.json = json;
  }

  String tidy(String document) {
    return this.json.format(document, 2, true);
  }
}
