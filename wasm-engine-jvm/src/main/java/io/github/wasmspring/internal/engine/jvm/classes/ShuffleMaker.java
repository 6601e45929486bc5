package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the classes that have the constants for shuffles, one each, which HotSpot takes for what
 * never changes. A name says all that a constant is: the letter of its lanes, and which lanes it
 * takes as hexadecimal digits.
 */
final class ShuffleMaker {

  private static final String PACKAGE = "jdk/incubator/vector/";
  private static final String SHUFFLE = PACKAGE + "VectorShuffle";
  private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
  private static final int DIGITS = 16;

  private ShuffleMaker() {}

  /**
   * @param name without the prefix
   */
  static byte[] make(String name, ClassNames names) {
    String owner = names.of(name);
    ClassFileWriter writer = new ClassFileWriter(owner, "java/lang/Object");
    writer
        .visitField(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
            "VALUE",
            "L" + SHUFFLE + ";",
            null,
            null)
        .visitEnd();
    MethodVisitor method = writer.method(Opcodes.ACC_STATIC, "<clinit>", "()V");
    boolean bytes = name.charAt(ClassNames.SHUFFLE.length()) == 'B';
    method.visitFieldInsn(
        Opcodes.GETSTATIC, PACKAGE + (bytes ? "ByteVector" : "IntVector"), "SPECIES_128", SPECIES);
    String lanes = name.substring(ClassNames.SHUFFLE.length() + 1);
    ValueInstructions.writeInt(method, lanes.length());
    method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
    for (int i = 0; i < lanes.length(); i++) {
      method.visitInsn(Opcodes.DUP);
      ValueInstructions.writeInt(method, i);
      ValueInstructions.writeInt(method, Character.digit(lanes.charAt(i), DIGITS));
      method.visitInsn(Opcodes.IASTORE);
    }
    method.visitInsn(Opcodes.ICONST_0);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, SHUFFLE, "fromArray", "(" + SPECIES + "[II)L" + SHUFFLE + ";", false);
    method.visitFieldInsn(Opcodes.PUTSTATIC, owner, "VALUE", "L" + SHUFFLE + ";");
    method.visitInsn(Opcodes.RETURN);
    ClassFileWriter.end(method);
    return writer.toBytes();
  }
}
