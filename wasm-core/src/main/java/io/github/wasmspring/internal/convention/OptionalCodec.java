package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something or nothing: an {@link Optional}, or what may be {@code null}. */
final class OptionalCodec implements ValueCodec.Buffer {

  private final ValueCodec.Buffer something;
  private final boolean wrapped;

  /**
   * @param something how it crosses if it is there
   * @param wrapped whether Java has an {@link Optional} around it
   */
  OptionalCodec(ValueCodec.Buffer something, boolean wrapped) {
    this.something = something;
    this.wrapped = wrapped;
  }

  ValueCodec.Buffer something() {
    return this.something;
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public @Nullable Object nothing() {
    return this.wrapped ? Optional.empty() : null;
  }

  @Override
  public @Nullable Object prepare(Object value, long most) {
    if (!this.wrapped) {
      return this.something.prepare(value, most);
    }
    Optional<?> optional = (Optional<?>) value;
    return optional.isPresent() ? this.something.prepare(optional.get(), most) : null;
  }

  @Override
  public int length(Object prepared) {
    return this.something.length(prepared);
  }

  @Override
  public int room(int length) {
    return Math.max(1, length);
  }

  @Override
  public void write(Object prepared, WasmMemory memory, int address) {
    this.something.write(prepared, memory, address);
  }

  @Override
  public void copyBack(Object value, WasmMemory memory, int address) {
    this.something.copyBack(value, memory, address);
  }

  @Override
  public @Nullable Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    if (address == 0 && length == 0) {
      return nothing();
    }
    Object read = this.something.read(memory, address, length, room);
    return this.wrapped ? Optional.ofNullable(read) : read;
  }
}
