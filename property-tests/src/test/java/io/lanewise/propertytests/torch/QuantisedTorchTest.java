package io.lanewise.propertytests.torch;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedGemm;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;

/** Codes equal PyTorch's, sums of their products equal those in float64. */
class QuantisedTorchTest extends TorchAgreement {
  private static final int[] SHIFTS = {9, 14};
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  QuantisedTorchTest() {
    super(
        "quantised",
        Map.of(
            "quantise", QuantisedTorchTest::quantise,
            "quantise-channels", QuantisedTorchTest::quantiseChannels,
            "convolution", QuantisedTorchTest::convolution,
            "product", QuantisedTorchTest::product,
            "round", QuantisedTorchTest::round,
            "linear", QuantisedTorchTest::linear));
  }

  private static QuantisedType type(TorchRun run, String key) {
    return QuantisedType.valueOf(run.text(key));
  }

  private static void quantise(TorchRun run) {
    float scale = (float) run.number("scale");
    codes(run, Quantisation.perTensor(type(run, "type"), scale, run.integer("zero")));
  }

  private static void quantiseChannels(TorchRun run) {
    float[] scales = run.input("scales").toArray();
    codes(
        run,
        Quantisation.perChannel(
            type(run, "type"), run.integer("axis"), scales, run.integers("zeros")));
  }

  private static void codes(TorchRun run, Quantisation q) {
    Tensor x = run.input("x");
    Quantise there = run.backend().quantised().quantise(x.shape(), FIRST, q);
    Dequantise back = run.backend().quantised().dequantise(x.shape(), FIRST, q);
    ByteTensor y = ByteTensor.zeros(x.shape());
    Tensor z = run.blank(x.shape());
    Workspace ws = run.workspace(there.workspace().max(back.workspace()));
    there.forward(x, y, ws, ONE);
    back.forward(y, z, ws, ONE);
    run.agrees("codes", floats(y, q.type()));
    run.agrees("back", z);
  }

  private static Tensor floats(ByteTensor codes, QuantisedType type) {
    Tensor t = Tensor.zeros(codes.shape());
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = type.code(codes.array()[i]);
    }
    return t;
  }

  private static ByteTensor codes(TorchRun run, String key, Shape shape, QuantisedType type) {
    int[] drawn = run.integers(key);
    ByteTensor codes = ByteTensor.zeros(shape);
    for (int i = 0; i < drawn.length; i++) {
      codes.array()[i] = (byte) (drawn[i] + type.min());
    }
    return codes;
  }

  private static IntTensor bias(TorchRun run) {
    int[] values = run.integers("bias");
    for (int i = 0; i < values.length; i++) {
      values[i] -= 2000;
    }
    return IntTensor.of(Shape.of(values.length), values);
  }

  /** Of scale 1, so that the output's scale is a power of two. */
  private static Quantisation of(TorchRun run, String key) {
    return Quantisation.perTensor(type(run, key), 1f, run.integer(key + "zero"));
  }

  private static Quantisation out(int shift) {
    return Quantisation.perTensor(QuantisedType.UINT8, 1 << shift, 100);
  }

  private static void convolution(TorchRun run) {
    ConvShape s = ConvShape.parse(run.text("shape"));
    Quantisation qx = of(run, "x");
    Quantisation qw = of(run, "w");
    QuantisedConv plan = run.backend().quantised().conv(s, FIRST, qx, qw);
    ByteTensor x = codes(run, "x", s.x(), qx.type());
    QuantisedWeights w = plan.pack(codes(run, "w", s.w(), qw.type()));
    Workspace ws = run.workspace(plan.workspace());
    IntTensor bias = bias(run);
    IntTensor sums = IntTensor.zeros(s.y());
    plan.accumulate(x, w, bias, sums, ws, ONE);
    run.agrees("sums", floats(sums));
    ByteTensor y = ByteTensor.zeros(s.y());
    for (int shift : SHIFTS) {
      plan.run(x, w, bias, Requantisation.byScale(qx, qw, out(shift), s.oc()), y, ws, ONE);
      run.agrees("codes" + shift, floats(y, QuantisedType.UINT8));
      plan.run(x, w, bias, Requantisation.fixedPoint(qx, qw, out(shift), s.oc()), y, ws, ONE);
      run.agrees("fixed" + shift, floats(y, QuantisedType.UINT8));
    }
  }

  private static Tensor floats(IntTensor sums) {
    Tensor t = Tensor.zeros(sums.shape());
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = sums.array()[i];
    }
    return t;
  }

  private static void product(TorchRun run) {
    GemmShape s = GemmShape.parse(run.text("shape"));
    Quantisation qa = of(run, "x");
    Quantisation qb = of(run, "w");
    QuantisedGemm plan = run.backend().quantised().gemm(s, qa, qb);
    ByteTensor a = codes(run, "x", s.a(), qa.type());
    QuantisedWeights b = plan.pack(codes(run, "w", s.b(), qb.type()));
    Workspace ws = run.workspace(plan.workspace());
    IntTensor bias = bias(run);
    IntTensor sums = IntTensor.zeros(s.c());
    plan.accumulate(a, b, bias, sums, ws, ONE);
    run.agrees("sums", floats(sums));
    ByteTensor y = ByteTensor.zeros(s.c());
    for (int shift : SHIFTS) {
      plan.run(a, b, bias, Requantisation.byScale(qa, qb, out(shift), s.n()), y, ws, ONE);
      run.agrees("codes" + shift, floats(y, QuantisedType.UINT8));
      plan.run(a, b, bias, Requantisation.fixedPoint(qa, qb, out(shift), s.n()), y, ws, ONE);
      run.agrees("fixed" + shift, floats(y, QuantisedType.UINT8));
    }
  }

  private static void round(TorchRun run) {
    boolean upper = WeightFormat.valueOf(run.text("format")) == WeightFormat.BFLOAT16;
    Tensor x = run.input("x");
    for (int i = 0; i < x.size(); i++) {
      float v = x.array()[i];
      x.array()[i] =
          upper
              ? HalfFloats.fromBfloat16(HalfFloats.toBfloat16(v))
              : HalfFloats.fromFloat16(HalfFloats.toFloat16(v));
    }
    run.agrees("y", x);
  }

  private static void linear(TorchRun run) {
    LinearShape s = LinearShape.parse(run.text("shape"));
    Quantised all = run.backend().quantised();
    NarrowLinear plan = all.narrowLinear(s, WeightFormat.valueOf(run.text("format")));
    Tensor y = run.blank(s.y());
    plan.run(
        run.input("x"),
        plan.pack(run.input("w")),
        run.input("bias"),
        y,
        run.workspace(plan.workspace()),
        ONE);
    run.agrees("y", y);
  }
}
