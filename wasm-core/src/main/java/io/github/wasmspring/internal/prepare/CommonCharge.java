package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.MemoryCharge;
import java.util.ArrayList;
import java.util.List;

/**
 * Has instances that are linked with each other pay from one account, and their memories keep one
 * limit together. Used by one thread at a time, as the instances are.
 */
final class CommonCharge {

  private final MemoryCharge payer;
  private final long most;
  private final List<Member> members = new ArrayList<>();
  private long memory;

  /**
   * @param most the bytes that all memories may have together
   * @param initial those that they have from the start, which have been paid for
   */
  CommonCharge(MemoryCharge payer, long most, long initial) {
    this.payer = payer;
    this.most = most;
    this.memory = initial;
  }

  /** What one more instance is charged with. */
  MemoryCharge member() {
    Member member = new Member();
    this.members.add(member);
    return member;
  }

  private void committed() {
    long sum = 0;
    for (Member member : this.members) {
      sum += member.committed;
    }
    this.payer.committed(sum);
  }

  private final class Member implements MemoryCharge {

    private long committed;

    @Override
    public boolean add(long bytes) {
      return CommonCharge.this.payer.add(bytes);
    }

    @Override
    public void subtract(long bytes) {
      CommonCharge.this.payer.subtract(bytes);
    }

    @Override
    public boolean addMemory(long bytes) {
      CommonCharge all = CommonCharge.this;
      if (bytes > all.most - all.memory || !all.payer.addMemory(bytes)) {
        return false;
      }
      all.memory += bytes;
      return true;
    }

    @Override
    public void subtractMemory(long bytes) {
      CommonCharge.this.memory -= bytes;
      CommonCharge.this.payer.subtractMemory(bytes);
    }

    @Override
    public void committed(long bytes) {
      this.committed = bytes;
      CommonCharge.this.committed();
    }

    @Override
    public void grown() {
      CommonCharge.this.payer.grown();
    }
  }
}
