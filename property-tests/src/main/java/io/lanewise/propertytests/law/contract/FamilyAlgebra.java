package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.FamilyCase;
import java.util.Arrays;
import java.util.List;

/** What families' operations do, said without the reference. */
final class FamilyAlgebra {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final String EXPONENTS =
      "a power of two changes the exponent alone: IEEE 754-2019, §3.3";

  static final List<Law<FamilyCase>> ALL =
      List.of(
          law(
              NormFamily.FAMILY,
              List.of("batch", "group", "layer", "rms"),
              "scale",
              "with 4ε, f(2x) = f(x) with ε, to the bit",
              EXPONENTS + "; Ioffe, Szegedy, Batch Normalization, 2015, §3.3",
              FamilyAlgebra::scale),
          law(
              ActivationFamily.FAMILY,
              List.of("softmax"),
              "shift",
              "softmax(x + c) = softmax(x), to the bit where x + c is exact",
              "Blanchard, Higham, Higham, Accurately computing the log-sum-exp, 2021, §2",
              FamilyAlgebra::shift),
          law(
              DropoutFamily.FAMILY,
              List.of("elements", "spatial"),
              "mask",
              "what is dropped depends on seed, step and position: not on x, nor on further images;"
                  + " df(dy) = f(dy); another step drops others",
              "definition: Dropout",
              FamilyAlgebra::mask),
          law(
              QuantisedFamily.FAMILY,
              List.of("quantise"),
              "round-trip",
              "q(d(code)) = code; |d(q(x)) - x| <= scale / 2 inside the range",
              "Jacob et al., Quantization and Training of Neural Networks, 2018, §2.1",
              FamilyAlgebra::codes),
          law(
              ResamplingFamily.FAMILY,
              List.of("resize"),
              "identity",
              "an image of its own size is itself, to the bit",
              "definition: ResizeShape",
              FamilyAlgebra::identity),
          law(
              ArithmeticFamily.FAMILY,
              List.of("binary"),
              "symmetry",
              "a + b = b + a, a · b = b · a, a - b = -(b - a), max(a, b) = -min(-a, -b), to the bit",
              "IEEE 754-2019, §4.3 and §9.6",
              FamilyAlgebra::symmetry),
          law(
              ArithmeticFamily.FAMILY,
              List.of("reduce"),
              "steps",
              "a sum, a greatest, a least over all axes is that over one after the other, of whole"
                  + " numbers",
              "sums of small whole numbers are exact",
              FamilyAlgebra::steps));

  private FamilyAlgebra() {}

  private static Law<FamilyCase> law(
      Family family,
      List<String> operations,
      String name,
      String formula,
      String source,
      Law.Statement<FamilyCase> statement) {
    return new Law<>(
        family.subject().name() + "." + name,
        family.subject().only(operations),
        formula,
        source,
        statement);
  }

  private static Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  private static Tensor times(Tensor x, float factor) {
    Tensor y = x.copy();
    for (int i = 0; i < y.size(); i++) {
      y.array()[i] *= factor;
    }
    return y;
  }

  private static void scale(Backend backend, FamilyCase c, Trial trial) {
    Tensor x = Tensor.wrap(c.x(), c.layout(), trial.floats(c.x()).array(), 0);
    Tensor once = normalised(backend.normalisations(), c, x, NormFamily.EPSILON);
    Tensor twice = normalised(backend.normalisations(), c, times(x, 2), 4 * NormFamily.EPSILON);
    trial.sameBits("f(2x)", once, twice);
  }

  private static Tensor normalised(Normalisations all, FamilyCase c, Tensor x, double epsilon) {
    Tensor y = Tensor.zeros(c.x(), c.layout());
    if (c.operation().equals("batch")) {
      BatchNorm plan = all.batchNorm(c.x(), c.layout(), epsilon, Activation.identity());
      plan.forward(x, null, null, null, y, null, null, workspace(plan.workspace()), ONE);
      return y;
    }
    int axis = c.variant() % c.x().rank();
    Norm plan =
        switch (c.operation()) {
          case "group" -> all.groupNorm(c.x(), c.layout(), 1, epsilon);
          case "layer" -> all.layerNorm(c.x(), axis, epsilon);
          default -> all.rmsNorm(c.x(), axis, epsilon);
        };
    plan.forward(x, null, null, y, null, null, workspace(plan.workspace()), ONE);
    return y;
  }

  /** Of multiples of 1/4, so that sums with other multiples are exact. */
  private static void shift(Backend backend, FamilyCase c, Trial trial) {
    AxisSoftmax plan = backend.softmax(c.x(), c.variant() % c.x().rank());
    Tensor x = times(trial.integers(c.x()), 0.25f);
    Tensor shifted = x.copy();
    float by = trial.random().nextInt(-4000, 4000) / 4f;
    for (int i = 0; i < shifted.size(); i++) {
      shifted.array()[i] += by;
    }
    Tensor want = Tensor.zeros(c.x());
    Tensor got = Tensor.zeros(c.x());
    plan.forward(x, want, workspace(plan.workspace()), ONE);
    plan.forward(shifted, got, workspace(plan.workspace()), ONE);
    trial.sameBits("softmax(x + " + by + ")", want, got);
  }

  private static void mask(Backend backend, FamilyCase c, Trial trial) {
    Shape more = c.x().withFirst(c.x().dim(0) + 1);
    long seed = trial.random().nextLong();
    long step = trial.random().nextLong();
    Tensor ones = dropped(backend, c, c.x(), Draw.ones(c.x(), c.layout()), seed, step, false);
    Tensor x = Tensor.wrap(c.x(), c.layout(), trial.integers(c.x()).array(), 0);
    Tensor want = x.copy();
    for (int i = 0; i < want.size(); i++) {
      want.array()[i] *= ones.array()[i];
    }
    trial.equal("f(x)", want, dropped(backend, c, c.x(), x, seed, step, false));
    trial.equal("df(dy)", want, dropped(backend, c, c.x(), x, seed, step, true));
    Tensor longer = dropped(backend, c, more, Draw.ones(more, c.layout()), seed, step, false);
    Tensor first = Tensor.wrap(c.x(), c.layout(), longer.array(), 0);
    trial.equal("the first images of more", ones, first);
    int units = c.operation().equals("spatial") ? c.x().dim(0) * c.x().dim(1) : c.x().size();
    if (units >= 60) { // by chance alike in one of 2^60 cases
      Tensor other =
          dropped(backend, c, c.x(), Draw.ones(c.x(), c.layout()), seed, step + 1, false);
      trial.require(!other.sameBits(ones), () -> "two steps drop the same");
    }
  }

  private static Tensor dropped(
      Backend backend, FamilyCase c, Shape s, Tensor x, long seed, long step, boolean backward) {
    Dropout plan =
        c.operation().equals("spatial")
            ? backend.dropouts().spatialDropout(s, c.layout(), 0.5)
            : backend.dropouts().dropout(s, c.layout(), 0.5);
    Tensor y = Tensor.zeros(s, c.layout());
    if (backward) {
      plan.backward(x, seed, step, y, ONE);
    } else {
      plan.forward(x, seed, step, y, ONE);
    }
    return y;
  }

  private static void codes(Backend backend, FamilyCase c, Trial trial) {
    QuantisedType type = c.variant() % 2 == 0 ? QuantisedType.INT8 : QuantisedType.UINT8;
    float scale = (1 + c.variant() % 40) / 1000f;
    int zero = trial.random().nextInt(type.min(), type.max() + 1);
    Quantisation q = Quantisation.perTensor(type, scale, zero);
    Quantise quantise = backend.quantised().quantise(c.x(), c.layout(), q);
    Dequantise dequantise = backend.quantised().dequantise(c.x(), c.layout(), q);
    ByteTensor codes = ByteTensor.zeros(c.x(), c.layout());
    trial.random().nextBytes(codes.array());
    Tensor values = Tensor.zeros(c.x(), c.layout());
    ByteTensor again = ByteTensor.zeros(c.x(), c.layout());
    dequantise.forward(codes, values, workspace(dequantise.workspace()), ONE);
    quantise.forward(values, again, workspace(quantise.workspace()), ONE);
    trial.require(Arrays.equals(codes.array(), again.array()), () -> "q(d(code)) is another code");
    double least = (type.min() - zero) * (double) scale;
    double most = (type.max() - zero) * (double) scale;
    Tensor x = Tensor.zeros(c.x(), c.layout());
    double[] bounds = new double[x.size()];
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = (float) (least + trial.random().nextDouble() * (most - least));
      bounds[i] = scale * (0.5 + 512 * Bound.U);
    }
    quantise.forward(x, again, workspace(quantise.workspace()), ONE);
    dequantise.forward(again, values, workspace(dequantise.workspace()), ONE);
    trial.within("d(q(x))", x, values, bounds);
  }

  private static void identity(Backend backend, FamilyCase c, Trial trial) {
    int axes = c.x().rank() - 2;
    int[] out = new int[axes];
    System.arraycopy(c.x().toArray(), 2, out, 0, axes);
    for (Interpolation kind : Interpolation.values()) {
      ResizeShape s = ResizeShape.of(c.x().toArray()).to(out).by(kind).build();
      Resize plan = backend.resampling().resize(s, c.layout());
      Tensor x = Tensor.wrap(c.x(), c.layout(), trial.floats(c.x()).array(), 0);
      Tensor y = Tensor.zeros(c.x(), c.layout());
      plan.forward(x, y, workspace(plan.workspace()), ONE);
      trial.equal(kind + " of its own size", x, y);
    }
  }

  private static void symmetry(Backend backend, FamilyCase c, Trial trial) {
    Tensor a = trial.wideRange(c.x());
    Tensor b = trial.wideRange(c.x());
    trial.sameBits("b + a", of(backend, BinaryOp.ADD, a, b), of(backend, BinaryOp.ADD, b, a));
    trial.sameBits("b · a", of(backend, BinaryOp.MUL, a, b), of(backend, BinaryOp.MUL, b, a));
    Tensor turned = times(of(backend, BinaryOp.SUB, b, a), -1);
    trial.equal("-(b - a)", of(backend, BinaryOp.SUB, a, b), turned);
    Tensor least = of(backend, BinaryOp.MIN, times(a, -1), times(b, -1));
    trial.sameBits("-min(-a, -b)", of(backend, BinaryOp.MAX, a, b), times(least, -1));
  }

  private static Tensor of(Backend backend, BinaryOp op, Tensor a, Tensor b) {
    Binary plan = backend.arithmetic().binary(op, a.shape(), b.shape());
    Tensor y = Tensor.zeros(plan.y());
    plan.forward(a, b, y, workspace(plan.workspace()), ONE);
    return y;
  }

  private static void steps(Backend backend, FamilyCase c, Trial trial) {
    Tensor x = trial.integers(c.x());
    for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.MAX, ReduceOp.MIN)) {
      Tensor once = reduced(backend, op, x);
      Tensor rest = x;
      for (int axis = c.x().rank() - 1; axis >= 0; axis--) {
        rest = reduced(backend, op, rest, axis);
      }
      trial.equal(op + " axis by axis", once, rest);
    }
  }

  private static Tensor reduced(Backend backend, ReduceOp op, Tensor x, int... axes) {
    AxisReduction plan =
        backend.arithmetic().reduce(op, x.shape(), false, Layout.CHANNELS_FIRST, axes);
    Tensor y = Tensor.zeros(plan.y());
    plan.forward(x, y, workspace(plan.workspace()), ONE);
    return y;
  }
}
