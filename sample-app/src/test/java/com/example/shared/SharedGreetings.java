package com.example.shared;

import io.github.wasmspring.WasmModule;

/** An interface that is in none of the application's packages, as one of a library is. */
@WasmModule("greeter")
public interface SharedGreetings {

  default String greet(String name, boolean fail) {
    return "Hello, " + name + "! Nice to meet you.";
  }
}
