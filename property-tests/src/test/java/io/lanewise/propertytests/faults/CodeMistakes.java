package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Mistakes in operations on 8-bit codes. */
final class CodeMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "ZERO_POINT_IGNORED",
              "the input's zero point counts as the type's 0",
              planning("conv|gemm", a -> a[a.length - 2] = zeroed((Quantisation) a[a.length - 2]))),
          mistake(
              "ZERO_POINT_OF_TENSOR",
              "all channels have the first one's scale and zero point",
              planning("dequantise|quantise", a -> a[2] = first((Quantisation) a[2]))),
          mistake(
              "SATURATES_AT_127",
              "the least code is -127",
              running(
                  "quantise",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    change((ByteTensor) a[1], (byte) -128, (byte) -127);
                  })),
          mistake(
              "WRAPS_AROUND",
              "the greatest code is the least",
              running(
                  "quantise",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    change((ByteTensor) a[1], (byte) 127, (byte) -128);
                  })),
          mistake(
              "HALVES_ROUND_UP",
              "halves are rounded up",
              running(
                  "quantise",
                  "forward",
                  (plan, a, right) -> {
                    a[0] = Values.changed((Tensor) a[0], x -> Math.nextUp((float) x));
                    right.run();
                  })),
          mistake(
              "BIAS_FORGOTTEN",
              "leaves out the bias",
              running(
                  "conv|gemm",
                  "run",
                  (plan, a, right) -> {
                    a[2] = null;
                    right.run();
                  })),
          mistake(
              "BIAS_FORGOTTEN_LINEAR",
              "leaves out a layer's bias",
              running(
                  "dynamicLinear|narrowLinear",
                  "run",
                  (plan, a, right) -> {
                    a[2] = null;
                    right.run();
                  })),
          mistake(
              "BIAS_FORGOTTEN_NARROW_CONV",
              "leaves out the bias of a convolution by narrow weights",
              running(
                  "narrowConv|narrowTransposedConv",
                  "run",
                  (plan, a, right) -> {
                    a[2] = Epilogue.none();
                    right.run();
                  })));

  private CodeMistakes() {}

  private static Quantisation zeroed(Quantisation q) {
    int zero = q.type() == QuantisedType.INT8 ? 0 : 128;
    return q.isPerChannel() ? q : Quantisation.perTensor(q.type(), q.scale(0), zero);
  }

  private static Quantisation first(Quantisation q) {
    return Quantisation.perTensor(q.type(), q.scale(0), q.zeroPoint(0));
  }

  private static void change(ByteTensor codes, byte from, byte to) {
    for (int i = codes.offset(); i < codes.offset() + codes.size(); i++) {
      if (codes.array()[i] == from) {
        codes.array()[i] = to;
      }
    }
  }
}
