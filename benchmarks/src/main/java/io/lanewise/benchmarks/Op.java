package io.lanewise.benchmarks;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operations that can be measured. */
enum Op {
  GEMM(GemmBench.class),
  CONV(ConvForwardBench.class),
  CONV_BACKWARD_DATA(ConvBackwardDataBench.class),
  CONV_BACKWARD_WEIGHTS(ConvBackwardWeightsBench.class);

  private final Class<?> bench;

  Op(Class<?> bench) {
    this.bench = bench;
  }

  /** The bench that measures it, in a method called run. */
  Class<?> bench() {
    return bench;
  }

  /** Its name on the command line, such as {@code conv-backward-data}. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Shape files of a run that names none. */
  List<String> defaultShapes() {
    return this == GEMM ? List.of("gemm") : List.of("lenet5", "resnet50", "vgg16", "mobilenetv1");
  }

  /** Floating-point operations of a problem, by the direct algorithm. */
  long flops(String shape) {
    return this == GEMM ? GemmText.parse(shape).flops() : ConvShape.parse(shape).flops();
  }

  /** What a backend computes it with; a function of shape and backend, so the forks agree. */
  String algorithm(Backend backend, String shape) {
    return switch (this) {
      case GEMM -> "blocked";
      case CONV -> backend.convForward(ConvShape.parse(shape)).algorithm();
      case CONV_BACKWARD_DATA -> backend.convBackwardData(ConvShape.parse(shape)).algorithm();
      case CONV_BACKWARD_WEIGHTS -> backend.convBackwardWeights(ConvShape.parse(shape)).algorithm();
    };
  }

  /**
   * The operations that {@code option} names: one, or {@code all}.
   *
   * @throws IllegalArgumentException if it names none
   */
  static List<Op> named(String option) {
    if (option.equals("all")) {
      return List.of(values());
    }
    List<Op> found = Arrays.stream(values()).filter(op -> op.option().equals(option)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "--op must be all, "
              + Arrays.stream(values()).map(Op::option).collect(Collectors.joining(", "))
              + "; got '"
              + option
              + "'");
    }
    return found;
  }
}
