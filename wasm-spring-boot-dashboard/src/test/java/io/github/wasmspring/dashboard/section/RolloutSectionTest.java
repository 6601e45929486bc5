package io.github.wasmspring.dashboard.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutSectionTest {

  private static final WasmModuleDescriptor OLD = module("prices", "1.4.0");

  private final WasmModuleManager manager = mock();
  private final RolloutSection section = new RolloutSection(this.manager);

  private static WasmModuleDescriptor module(String id, String version) {
    return WasmModuleDescriptor.builder(id).version(version).location("file:" + id).build();
  }

  private void registered(WasmModuleDescriptor... modules) {
    WasmModuleRegistry registry = mock();
    when(registry.list()).thenReturn(Arrays.asList(modules));
    when(this.manager.registry()).thenReturn(registry);
    when(this.manager.rollout(anyString(), any())).thenReturn(Optional.empty());
  }

  private WasmRollout trial(WasmModuleDescriptor to) {
    WasmRollout rollout = mock();
    when(rollout.module()).thenReturn(OLD.id());
    when(rollout.from()).thenReturn(OLD);
    when(rollout.to()).thenReturn(to);
    when(rollout.state()).thenReturn(WasmRolloutState.values()[0]);
    when(rollout.current()).thenReturn(WasmRollout.Figures.NONE);
    when(rollout.candidate()).thenReturn(WasmRollout.Figures.NONE);
    when(this.manager.rollout(eq(OLD.id()), any())).thenReturn(Optional.of(rollout));
    return rollout;
  }

  private String key() {
    return this.section.table().rows().get(0).key();
  }

  @Test
  void theOneThatWasShownIsPromoted() {
    registered(OLD);
    WasmRollout rollout = trial(module("prices", "1.5.0"));
    assertThat(key()).startsWith("prices 1.4.0 -> 1.5.0").isEqualTo(key());

    assertThat(this.section.act("promote", key(), "ada"))
        .isEqualTo("prices 1.5.0 answers all calls");

    verify(rollout).promote();
  }

  @Test
  void whoSawAnotherOneDoesNothingToThisOne() {
    registered(OLD);
    trial(OLD);
    String reload = key();
    WasmRollout nextReload = trial(OLD);
    assertThat(key()).isNotEqualTo(reload);

    for (String action : List.of("promote", "roll-back")) {
      assertThatThrownBy(() -> this.section.act(action, reload, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reload);
    }

    verify(nextReload, never()).promote();
    verify(nextReload, never()).rollBack(any());
  }

  @Test
  void aModuleThatIsGoneMeanwhileHidesNoOther() {
    registered(module("gone", "1.0.0"), OLD);
    trial(OLD);
    when(this.manager.rollout(eq("gone"), any()))
        .thenThrow(new WasmModuleNotFoundException("It is gone", "gone", List.of(), List.of()));

    assertThat(this.section.table().rows()).extracting(DashboardTable.Row::key).hasSize(1);
  }
}
