package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a module with what is known about them, as splitting takes them. */
record ModuleBytes(byte[] bytes, ModuleFacts facts) {

  private static final Signature NO_FUNCTION = new Signature(List.of(LocalType.OTHER), List.of());

  /**
   * @param body of a function that the module defines, from 0
   */
  FunctionCode decode(int body, ModuleContext module) {
    BinaryCursor in = reader(body(body));
    Signature type = module.functionType(imported() + body);
    List<LocalType> locals = new ArrayList<>(type.parameters());
    int runs = in.index();
    for (int i = 0; i < runs; i++) {
      int count = in.index();
      LocalType each = LocalType.of(ValueType.read(in));
      for (int k = 0; k < count; k++) {
        locals.add(each);
      }
    }
    if (!type.isKnown() || locals.contains(LocalType.OTHER)) {
      throw new Unsplittable("locals of a type that is not known");
    }
    return new FunctionCode(
        type, List.copyOf(locals), InstructionReader.read(in, this.bytes, module));
  }

  ModuleContext context() {
    List<Signature> types = new ArrayList<>();
    for (int i = 0; i < this.facts.typeCount(); i++) {
      types.add(signature(this.facts.type(i)));
    }
    List<Integer> functions = new ArrayList<>();
    for (int i = 0; i < this.facts.functionCount(); i++) {
      functions.add(this.facts.functionTypeIndex(i));
    }
    return new ModuleContext(types, functions);
  }

  private static Signature signature(@Nullable FunctionType type) {
    return type == null
        ? NO_FUNCTION
        : new Signature(locals(type.parameters()), locals(type.results()));
  }

  private static List<LocalType> locals(List<ValueType> types) {
    return types.stream().map(LocalType::of).toList();
  }

  BinaryCursor reader(Section section) {
    return new BinaryCursor(this.bytes, section.start(), section.end());
  }

  private BinaryCursor reader(FunctionBody body) {
    return new BinaryCursor(this.bytes, body.start(), body.end());
  }

  List<Section> sections() {
    return this.facts.sections();
  }

  /** How many functions the module defines. */
  int bodyCount() {
    return this.facts.definedFunctionCount();
  }

  FunctionBody body(int body) {
    return this.facts.body(imported() + body);
  }

  /** How many functions are imported; they come first. */
  int imported() {
    return this.facts.importedFunctionCount();
  }
}
