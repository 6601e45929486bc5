package io.github.wasmspring.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WasmLocationTest {

  @Test
  void ofTheClassPath() {
    WasmLocation location = new WasmLocation("classpath:/wasm/json.wasm");

    assertThat(location.isOnClassPath()).isTrue();
    assertThat(location.isLocal()).isTrue();
    assertThat(location.isRemote()).isFalse();
    assertThat(location.resourceName()).isEqualTo("wasm/json.wasm");
    assertThat(new WasmLocation("classpath:a.wasm").resourceName()).isEqualTo("a.wasm");
  }

  @Test
  void ofAWebJar() {
    WasmLocation location = new WasmLocation("webjar:source-map/lib/mappings.wasm");

    assertThat(location.isInWebJar()).isTrue();
    assertThat(location.isLocal()).isTrue();
    assertThat(location.isOnClassPath()).isFalse();
    assertThat(location.isRemote()).isFalse();
    assertThat(location.webJarFile()).isEqualTo("source-map/lib/mappings.wasm");
  }

  @Test
  void ofAFile() {
    WasmLocation location = new WasmLocation("file:modules/json.wasm");

    assertThat(location.isFile()).isTrue();
    assertThat(location.isLocal()).isTrue();
    assertThat(location.isRemote()).isFalse();
  }

  @Test
  void ofAServer() {
    assertThat(new WasmLocation("https://a.example/json.wasm").isRemote()).isTrue();
    assertThat(new WasmLocation("http://a.example/json.wasm").isRemote()).isTrue();
    assertThat(new WasmLocation("https://a.example/json.wasm").isLocal()).isFalse();
  }

  /** Whoever wrote a resolver for it knows; nobody else guesses. */
  @Test
  void ofSomethingElse() {
    WasmLocation location = new WasmLocation("httpx:json.wasm");

    assertThat(location.isLocal()).isFalse();
    assertThat(location.isRemote()).isFalse();
  }

  @Test
  void ofNothing() {
    assertThat(WasmLocation.of(null)).isNull();
  }
}
