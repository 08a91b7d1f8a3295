package io.lanewise.propertytests.law;

import io.lanewise.propertytests.Law;
import java.util.List;

/** All laws but those of the convolution's arithmetic, which have tests of their own. */
final class OperationLaws {
  static final List<Law<?>> ALL =
      Laws.ALL.stream().filter(law -> !ConvLaws.ALL.contains(law)).toList();

  private OperationLaws() {}
}
