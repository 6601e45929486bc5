package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleImport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What exceptions of a module are told apart by, and which values each has. */
public final class Tags {

  private final int[] identities;
  private final FunctionSignature[] signatures;

  /**
   * @throws WasmLoadException {@code INVALID} if exceptions could be kept in exceptions or tables,
   *     where no limit would hold them: in a frame there are only few
   */
  Tags(GuestModule module) {
    List<ExternalType.Tag> tags = module.facts.tags();
    this.identities = new int[tags.size()];
    Arrays.setAll(this.identities, tag -> tag);
    this.signatures = new FunctionSignature[tags.size()];
    for (int i = 0; i < this.signatures.length; i++) {
      this.signatures[i] = module.signature(tags.get(i).typeIndex());
      if (Arrays.stream(this.signatures[i].parameters()).anyMatch(Tags::isException)) {
        throw refused("the exceptions of the tag " + i);
      }
    }
    List<ExternalType.Table> tables = module.facts.tables();
    for (int i = 0; i < tables.size(); i++) {
      if (isException(GuestModule.type(tables.get(i).element()))) {
        throw refused("the table " + i);
      }
    }
    join(module.facts.imports());
  }

  private static boolean isException(int type) {
    return type == FunctionSignature.EXNREF;
  }

  private static WasmLoadException refused(String holder) {
    return GuestModule.invalid(
        "%s would hold references to exceptions, for which this engine has no limit; keep them in local variables, or use another engine"
            .formatted(holder));
  }

  /** What is imported twice under the same names is one. */
  private void join(List<ModuleImport> imports) {
    Map<List<Object>, Integer> known = new HashMap<>();
    int tag = 0;
    for (ModuleImport each : imports) {
      if (each.type() instanceof ExternalType.Tag) {
        List<Object> name = List.of(each.module(), each.name(), this.signatures[tag].id());
        Integer first = known.putIfAbsent(name, tag);
        this.identities[tag] = first == null ? tag : first;
        tag++;
      }
    }
  }

  public int identity(int tag) {
    return this.identities[tag];
  }

  public FunctionSignature signature(int tag) {
    return this.signatures[tag];
  }
}
