package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.convention.WasmBatchRows;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import org.jspecify.annotations.Nullable;

/** Encodes all inputs, copies many at a time into one block of memory, and calls one by one. */
final class BatchInvocation implements WasmInvocation {

  /** Larger blocks gain nothing and make the guest's memory grow for good. */
  private static final long USUAL_BLOCK = 256 << 10;

  /** A block leaves the guest most of its memory to work and answer in. */
  private static final int PART_OF_MEMORY = 8;

  private final WasmOperation batch;
  private final WasmBatchShape shape;
  private final BufferPlan plan;
  private final long payloadLimit;
  private final long blockSize;

  BatchInvocation(WasmOperation batch, WasmBatchShape shape, BufferPlan plan, Limits limits) {
    this.batch = batch;
    this.shape = shape;
    this.plan = plan;
    this.payloadLimit = limits.payload();
    this.blockSize = Math.min(USUAL_BLOCK, limits.memory() / PART_OF_MEMORY);
  }

  @Override
  public @Nullable Object invoke(WasmBorrowedInstance instance, @Nullable Object[] arguments) {
    WasmBatchRows rows = WasmBatchRows.of(this.batch, arguments);
    Run run =
        new Run(
            instance,
            new BatchInput(this.shape.element(), this.plan.parameters(), rows, this.payloadLimit),
            rows.size());
    run.all();
    return WasmBatchRows.answers(this.batch, run.answers);
  }

  /** One batch on its way. */
  private final class Run {

    private final WasmBorrowedInstance instance;
    private final BatchInput input;
    private final @Nullable Object[] answers;
    private final long[] slots = new long[BatchInvocation.this.plan.slotCount()];
    private final AnswerRoom room = BatchInvocation.this.plan.result().room();

    Run(WasmBorrowedInstance instance, BatchInput input, int size) {
      this.instance = instance;
      this.input = input;
      this.answers = new Object[size];
    }

    void all() {
      BufferAllocator allocator = BatchInvocation.this.plan.allocator();
      if (allocator == null || this.input.isScalar()) {
        calls(0, this.answers.length, 0);
        return;
      }
      for (int from = 0; from < this.answers.length; ) {
        from = block(from, allocator);
      }
    }

    /** Makes the calls whose buffers fit into one block, and says which is the next one. */
    private int block(int from, BufferAllocator allocator) {
      int to = this.input.endOfBlock(from, BatchInvocation.this.blockSize);
      while (true) {
        long bytes = this.input.blockBytes(from, to);
        int address =
            bytes > Integer.MAX_VALUE ? 0 : allocator.allocateIfRoom(this.instance, (int) bytes);
        if (address != 0 || bytes == 0) {
          this.input.write(from, to, BufferAllocator.memory(this.instance), address);
          callsThatFree(from, to, address, (int) bytes, allocator);
          return to;
        }
        if (to - from == 1) {
          throw BufferAllocator.noRoom(bytes);
        }
        to = from + (to - from) / 2;
      }
    }

    /** After an error of the guest's own it goes on living, at least in a session. */
    private void callsThatFree(int from, int to, int block, int bytes, BufferAllocator allocator) {
      try {
        calls(from, to, block);
      } catch (WasmOperationException refusal) {
        allocator.free(this.instance, block, bytes);
        throw refusal;
      }
      allocator.free(this.instance, block, bytes);
    }

    private void calls(int from, int to, int block) {
      int own = this.input.firstOwn(block);
      for (int i = from; i < to; i++) {
        own = this.input.fill(this.slots, i, block, own);
        try {
          call(i, block);
        } catch (WasmOperationException refusal) {
          keep(i, refusal);
        } catch (WasmException failure) {
          throw WasmBatchRows.at(i, failure);
        }
      }
    }

    private void call(int index, int block) {
      if (this.input.hasShared()) {
        this.input.writeShared(BufferAllocator.memory(this.instance), block);
      }
      BufferPlan plan = BatchInvocation.this.plan;
      long returned = plan.export().callAll(this.instance, this.slots);
      this.answers[index] =
          plan.result().read(this.instance, plan.allocator(), returned, this.room);
    }

    private void keep(int index, WasmOperationException refusal) {
      WasmException located = WasmBatchRows.at(index, refusal);
      if (!BatchInvocation.this.shape.keepsErrors()) {
        throw located;
      }
      this.answers[index] = located;
    }
  }
}
