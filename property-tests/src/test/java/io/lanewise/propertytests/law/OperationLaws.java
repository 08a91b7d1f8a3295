package io.lanewise.propertytests.law;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.List;

/** All laws but the convolution's arithmetic's and the families', which have tests of their own. */
final class OperationLaws {
  static final List<Law<?>> ALL =
      Laws.ALL.stream()
          .filter(law -> !ConvLaws.ALL.contains(law))
          .filter(law -> !(law.subject() instanceof FamilySubject))
          .toList();

  private OperationLaws() {}
}
