package io.lanewise.propertytests.faults;

import io.lanewise.propertytests.Law;
import java.util.regex.Pattern;

/** Implementations that can be told to make a mistake, and the laws that have to notice. */
enum Place {
  DIRECT_CONV("conv", "gradient"),
  IM2COL_CONV("conv", "gradient"),
  DEEP_CONV("conv", "gradient"),
  TRANSPOSED_CONV("conv-transposed", "^$"),
  CONV_DATA("conv", "forward|weight-gradient|gradients-add"),
  CONV_WEIGHTS("conv", "forward|input-gradient"),
  GEMM("gemm", "^$"),
  LINEAR("linear", "backward"),
  LINEAR_DATA("linear", "forward"),
  LINEAR_WEIGHTS("linear", "forward"),
  MAX_POOL("pool", "avg"),
  AVG_POOL("pool", "max"),
  ACTIVATION("activation", "^$"),
  SOFTMAX("softmax", "^$"),
  CROSS_ENTROPY("cross-entropy", "^$"),
  POOLING("pooling", "^$"),
  NORM("norm", "^$"),
  ARITHMETIC("arithmetic", "^$"),
  MOVEMENT("movement", "^$"),
  RESAMPLE("resample", "^$"),
  DROPOUT("dropout", "^$"),
  LOSS("loss", "^$"),
  QUANTISED("quantised", "^$");

  private final String subject;
  private final String otherPlaces;

  /**
   * A place.
   *
   * @param subject name of the laws' subject
   * @param otherPlaces what is in the names of laws that are about another place alone
   */
  Place(String subject, String otherPlaces) {
    this.subject = subject;
    this.otherPlaces = otherPlaces;
  }

  /** Name of the subject of the laws that say something about this place. */
  String subject() {
    return subject;
  }

  /** True if a law says something about this place. */
  boolean isSubjectOf(Law<?> law) {
    return law.subject().name().equals(subject)
        && !Pattern.compile(otherPlaces).matcher(law.name()).find();
  }
}
