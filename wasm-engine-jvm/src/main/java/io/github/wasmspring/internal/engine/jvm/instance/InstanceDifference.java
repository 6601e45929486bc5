package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an instance has become since its beginning, as bytes for another instance of its code. */
final class InstanceDifference {

  private static final int VERSION = 1;

  private InstanceDifference() {}

  /**
   * @return {@code null} if there are references that mean nothing to another instance
   */
  static byte @Nullable [] write(Beginning beginning, GuestContext context, JvmCode code) {
    if (!isItsOwn(context, code.module.facts)) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(code.fingerprint());
      beginning.writeDifference(context, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (OutOfMemoryError full) {
      return null;
    }
    return bytes.toByteArray();
  }

  /**
   * @return {@code false} if it is not of the code, or there is no room
   */
  static boolean read(byte[] state, Beginning beginning, GuestContext context, JvmCode code) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      return in.readByte() == VERSION
          && in.readInt() == code.fingerprint()
          && beginning.readDifference(context, in);
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException damaged) {
      return false;
    } catch (OutOfMemoryError full) {
      return false;
    }
  }

  /**
   * References of the host, and to functions of others, are numbers that only one instance knows.
   */
  private static boolean isItsOwn(GuestContext context, ModuleFacts facts) {
    List<ExternalType.Table> tables = facts.tables();
    for (int i = 0; i < context.tables.length; i++) {
      int most = isOfFunctions(tables.get(i).element()) ? facts.functionCount() : 0;
      for (int element : context.tables[i]) {
        if (element != TableInstructions.NULL && (element < 0 || element >= most)) {
          return false;
        }
      }
    }
    for (int i = 0; i < facts.globals().size(); i++) {
      ValueType type = facts.globals().get(i).value();
      int value = (int) context.global(i);
      if (isReference(type)
          && value != TableInstructions.NULL
          && (!isOfFunctions(type) || value < 0 || value >= facts.functionCount())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isReference(ValueType type) {
    return type.code() == ValueType.CODE_REF || type.code() == ValueType.CODE_REF_NULL;
  }

  /** Of any function, or of those of one type. */
  private static boolean isOfFunctions(ValueType type) {
    return type.heap() >= 0 || type.heap() == ValueType.FUNCREF.heap();
  }
}
