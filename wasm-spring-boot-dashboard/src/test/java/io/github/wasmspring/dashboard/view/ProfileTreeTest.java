package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.dashboard.view.ProfileView.Node;
import io.github.wasmspring.observe.WasmProfile.StackCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTreeTest {

  @Test
  void stacksThatBeginAlikeShareTheirFunctions() {
    Node all =
        ProfileTree.of(
            List.of(
                new StackCount(List.of("json", "format", "write"), 3),
                new StackCount(List.of("json", "format"), 2),
                new StackCount(List.of("json", "format", "read"), 5),
                new StackCount(List.of("hash", "sha256"), 1)),
            null);

    assertThat(all.total()).isEqualTo(11);
    assertThat(all.children()).extracting(Node::name).containsExactly("json", "hash");
    Node format = all.children().get(0).children().get(0);
    assertThat(format.self()).isEqualTo(2);
    assertThat(format.total()).isEqualTo(10);
    assertThat(format.module()).isEqualTo("json");
    assertThat(format.children()).extracting(Node::name).containsExactly("read", "write");
  }

  @Test
  void oneModuleIsShownAlone() {
    Node all =
        ProfileTree.of(
            List.of(
                new StackCount(List.of("json", "format"), 2),
                new StackCount(List.of("hash", "sha256"), 1)),
            "hash");

    assertThat(all.total()).isEqualTo(1);
    assertThat(all.children()).extracting(Node::name).containsExactly("hash");
  }

  @Test
  void manyFunctionsAreSummedUp() {
    List<StackCount> stacks = new ArrayList<>();
    for (int i = 0; i < 2 * ProfileTree.MOST_NODES; i++) {
      stacks.add(new StackCount(List.of("m", "f" + i), i < 10 ? 100 : 1));
    }

    Node module = ProfileTree.of(stacks, null).children().get(0);

    assertThat(module.children()).hasSizeLessThanOrEqualTo(ProfileTree.MOST_NODES);
    Node rest = module.children().get(module.children().size() - 1);
    assertThat(rest.name()).matches("\\(\\d+ more\\)");
    assertThat(module.children().stream().mapToLong(Node::total).sum()).isEqualTo(module.total());
  }

  @Test
  void deepRecursionCanBeWritten() {
    List<String> frames = new ArrayList<>(Collections.nCopies(5_000, "again"));
    frames.add(0, "m");

    ProfileView view =
        new ProfileView(
            false,
            null,
            0L,
            1,
            1,
            1,
            1,
            0,
            ProfileTree.of(List.of(new StackCount(frames, 1)), null));

    assertThat(DashboardJson.read(DashboardJson.write(view)).get("tree").get("total").intValue())
        .isEqualTo(1);
  }
}
