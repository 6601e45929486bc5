package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.engine.jvm.code.FunctionCompiler;
import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.split.SplitLimits;
import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the classes of a module. */
final class ClassMaker {

  private static final int[] RESULTS_OF_PIECES = {
    FunctionSignature.I32,
    FunctionSignature.I64,
    FunctionSignature.F32,
    FunctionSignature.F64,
    FunctionSignature.EXNREF
  };

  private final GuestModule module;
  private final FunctionMaker functions;
  private final boolean lasting;
  private final IndirectCallMaker indirectCalls;
  private final EntryMaker entries;
  private final TailCallMaker tailCalls;
  private final GlobalAccessorMaker globals;

  /**
   * @param inTables the functions that a table may have
   * @param functions makes methods of functions
   * @param lasting whether classes are loaded more often than they are made
   */
  ClassMaker(GuestModule module, int[] inTables, FunctionMaker functions, boolean lasting) {
    this.module = module;
    this.functions = functions;
    this.lasting = lasting;
    this.indirectCalls = new IndirectCallMaker(module, inTables);
    this.entries = new EntryMaker(module);
    this.tailCalls = new TailCallMaker(module, inTables);
    this.globals = new GlobalAccessorMaker(module);
  }

  /**
   * Makes one class; by any number of threads at a time.
   *
   * @param name without the prefix
   */
  byte[] make(String name) {
    if (name.equals(ClassNames.CONTEXT)) {
      return context();
    }
    if (name.equals(ClassNames.VALUES)) {
      return values();
    }
    if (name.startsWith(ClassNames.FUNCTIONS)) {
      return functions(number(name, ClassNames.FUNCTIONS));
    }
    if (name.startsWith(ClassNames.ENTRY)) {
      return this.entries.make(number(name, ClassNames.ENTRY));
    }
    if (name.startsWith(ClassNames.ELEMENT)) {
      return this.entries.makeElement(signature(name, ClassNames.ELEMENT));
    }
    if (name.startsWith(ClassNames.SHUFFLE)) {
      return ShuffleMaker.make(name, this.module.names);
    }
    if (name.startsWith(ClassNames.THROW)) {
      return ExceptionMaker.make(signature(name, ClassNames.THROW), this.module.names);
    }
    return name.startsWith(ClassNames.TAIL)
        ? this.tailCalls.make(signature(name, ClassNames.TAIL))
        : this.indirectCalls.make(signature(name, ClassNames.INDIRECT));
  }

  private FunctionSignature signature(String name, String kind) {
    return this.module.signature(number(name, kind));
  }

  private static int number(String name, String kind) {
    return Integer.parseInt(name.substring(kind.length()));
  }

  /** The globals as fields. */
  private byte[] context() {
    ClassFileWriter writer = new ClassFileWriter(this.module.names.context(), Names.CONTEXT_BASE);
    writer.constructor(Names.CONTEXT_BASE);
    this.globals.addTo(writer);
    return writer.toBytes();
  }

  /** Values on their way from one function to another, as fields. */
  private byte[] values() {
    ClassFileWriter writer = new ClassFileWriter(this.module.names.values(), "java/lang/Object");
    writer.constructor("java/lang/Object");
    for (Member field : valuesOnTheirWay()) {
      writer
          .visitField(Opcodes.ACC_PUBLIC, field.name(), field.descriptor(), null, null)
          .visitEnd();
    }
    return writer.toBytes();
  }

  /** The fields for results, and for arguments of tail calls. */
  private Set<Member> valuesOnTheirWay() {
    Set<Member> fields = new LinkedHashSet<>();
    for (int type = 0; type < this.module.facts.typeCount(); type++) {
      if (!isUsed(type)) {
        continue;
      }
      FunctionSignature signature = this.module.signature(type);
      boolean tail = this.module.mayMakeTailCalls(signature);
      int[] results = signature.results();
      for (int i = tail ? 0 : 1; i < results.length; i++) {
        fields.add(this.module.names.result(i, results[i]));
      }
      int[] parameters = signature.parameters();
      for (int i = 0; tail && i < parameters.length; i++) {
        fields.add(this.module.names.argument(i, parameters[i]));
      }
    }
    if (this.module.divides) {
      addResultsOfPieces(fields);
    }
    return fields;
  }

  /** Of which kinds is known when functions are split, which may be after this. */
  private void addResultsOfPieces(Set<Member> fields) {
    int words = this.module.hasVectors ? 2 : 1;
    for (int i = 1; i < words * SplitLimits.MOST_RESULTS; i++) {
      for (int type : RESULTS_OF_PIECES) {
        fields.add(this.module.names.result(i, type));
      }
    }
  }

  /** A type may be declared that no function here can have. */
  private boolean isUsed(int type) {
    try {
      this.module.signature(type);
      return true;
    } catch (WasmLoadException unused) {
      return false;
    }
  }

  /** The functions of a group, each a static method. */
  private byte[] functions(int group) {
    ClassFileWriter writer = functions(group, this.lasting);
    return (writer.needsFrames() ? functions(group, true) : writer).toBytes();
  }

  private ClassFileWriter functions(int group, boolean frames) {
    FunctionCompiler compiler = this.functions.newCompiler();
    ClassFileWriter writer =
        new ClassFileWriter(
            this.module.names.of(ClassNames.FUNCTIONS, group), "java/lang/Object", frames);
    for (int i = this.module.firstOfGroup(group); i < this.module.endOfGroup(group); i++) {
      if (i < this.module.facts.importedFunctionCount()) {
        Member name = this.module.body(i);
        MethodVisitor method = writer.staticMethod(name.name(), name.descriptor());
        hostCall(method, i);
        ClassFileWriter.end(method);
      } else {
        this.functions.write(i, compiler, writer);
      }
      if (this.module.makesTailCalls(i)) {
        Member name = this.module.method(i);
        MethodVisitor loop = writer.staticMethod(name.name(), name.descriptor());
        this.tailCalls.loop(loop, i);
        ClassFileWriter.end(loop);
      }
    }
    return writer;
  }

  private void hostCall(MethodVisitor method, int function) {
    FunctionSignature signature = this.module.signatureOf(function);
    method.visitVarInsn(Opcodes.ALOAD, signature.slots());
    ValueInstructions.writeInt(method, function);
    ValueInstructions.parametersAsBits(method, signature);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Names.CONTEXT_BASE, "callHost", "(I[J)[J", false);
    ValueInstructions.giveBackArray(
        method, signature.results(), this.module.names, signature.slots(), signature.slots() + 1);
  }
}
