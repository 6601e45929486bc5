package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class KernelTaskTest {

  private final Kernel<?> kernel = Kernels.named("jpeg-320x240");
  private final byte[] answer = new Jpeg() {}.decodeRgb(Picture.jpeg());

  @Test
  void inJavaAPictureMayBeRoundedOtherwise() {
    this.answer[1000] ^= 1;

    assertThat(KernelTask.checked(this.kernel, () -> this.answer).run(1))
        .isEqualTo(1 + Kernel.digest(this.answer));
  }

  @Test
  void modulesAnswerToTheByte() {
    assertThatIllegalStateException()
        .isThrownBy(() -> KernelTask.checkedModule(this.kernel, () -> this.answer))
        .withMessageContaining("jpeg-320x240 answers sha256")
        .withMessageContaining(Picture.decoded());
  }
}
