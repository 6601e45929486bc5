package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A double stands in for one module of the whole application. */
@SpringBootTest
class DoubleOfModuleTest {

  @MockitoBean private Json json;

  @Autowired private Documents documents;

  @Autowired private WasmModuleManager manager;

  @Test
  void theServiceGetsTheDouble() {
    given(this.json.format("{}", 2, true)).willReturn("tidy");

    assertThat(this.documents.tidy("{}")).isEqualTo("tidy");
    assertThat(this.manager.status("json").get(0).state()).isEqualTo(WasmModuleState.REGISTERED);
  }
}
