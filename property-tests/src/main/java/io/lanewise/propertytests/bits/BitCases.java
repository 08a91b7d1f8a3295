package io.lanewise.propertytests.bits;

import java.util.List;
import java.util.stream.Stream;

/** Every computation whose bits are compared. */
final class BitCases {
  /** Takes seconds a run: only when it is asked for by name. */
  static final String LONG_OP = "epoch";

  /** In the order in which they run. */
  static final List<BitCase> ALL =
      Stream.of(
              ArithmeticBits.cases(),
              ConvBits.cases(),
              MatrixBits.cases(),
              MovementBits.cases(),
              PoolBits.cases(),
              ElementwiseBits.cases(),
              ResampleBits.cases(),
              NormBits.cases(),
              FamilyBits.cases(),
              NetworkBits.cases())
          .flatMap(c -> c)
          .toList();

  /** The operations' names, without {@link #LONG_OP}. */
  static final List<String> OPS =
      ALL.stream().map(BitCase::op).distinct().filter(op -> !op.equals(LONG_OP)).toList();

  private BitCases() {}

  static List<BitCase> of(List<String> ops) {
    return ALL.stream().filter(c -> ops.contains(c.op())).toList();
  }
}
