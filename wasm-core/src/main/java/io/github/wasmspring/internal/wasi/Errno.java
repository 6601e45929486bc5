package io.github.wasmspring.internal.wasi;

/** The error numbers of WASI preview 1 that we answer with. */
enum Errno {
  ACCES(2),
  BADF(8),
  DQUOT(19),
  EXIST(20),
  FAULT(21),
  FBIG(22),
  ILSEQ(25),
  INVAL(28),
  IO(29),
  ISDIR(31),
  LOOP(32),
  MFILE(33),
  NAMETOOLONG(37),
  NOENT(44),
  NOSPC(51),
  NOSYS(52),
  NOTDIR(54),
  NOTEMPTY(55),
  NOTSOCK(57),
  NOTSUP(58),
  OVERFLOW(61),
  PERM(63),
  ROFS(69),
  SPIPE(70),
  XDEV(75),
  NOTCAPABLE(76);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  int number() {
    return this.number;
  }
}
