package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.DynamicLinear;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.NarrowConv;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.NarrowTransposedConv;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedGemm;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * Runs of operations on codes, which are exact, and of layers with narrow weights. Codes cross the
 * border of a run as whole floats.
 */
final class QuantisedFamily {
  static final Family FAMILY =
      new Family("quantised")
          .addImages("quantise", 2, 5, QuantisedFamily::quantise)
          .addImages("dequantise", 2, 5, QuantisedFamily::dequantise)
          .addImages("conv", 4, 4, QuantisedFamily::conv)
          .add("gemm", 2, 2, QuantisedFamily::gemm)
          .add("dynamic-linear", 2, 2, QuantisedFamily::dynamicLinear)
          .add("narrow-linear", 2, 2, QuantisedFamily::narrowLinear)
          .addImages("narrow-conv", 4, 4, QuantisedFamily::narrowConv)
          .addImages("narrow-transposed-conv", 4, 4, QuantisedFamily::narrowTransposedConv);

  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  private QuantisedFamily() {}

  /** Of a tensor, or of each channel; zero points on the edge and between. */
  private static Quantisation of(Draw d, int channels, int axis, boolean perChannel) {
    QuantisedType type = d.pick(QuantisedType.values());
    if (!perChannel) {
      return Quantisation.perTensor(type, d.between(1, 40) / 1000f, zeroPoint(d, type));
    }
    float[] scales = new float[channels];
    int[] zeros = new int[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = d.between(1, 40) / 1000f;
      zeros[c] = zeroPoint(d, type);
    }
    return Quantisation.perChannel(type, axis, scales, zeros);
  }

  private static int zeroPoint(Draw d, QuantisedType type) {
    return d.pick(type.min(), type.max(), d.between(type.min(), type.max()), 3);
  }

  private static Quantisation symmetric(Draw d) {
    return Quantisation.perTensor(QuantisedType.INT8, d.between(1, 40) / 1000f, 0);
  }

  private static ByteTensor bytes(Tensor t) {
    ByteTensor codes = ByteTensor.zeros(t.shape(), t.layout());
    for (int i = 0; i < t.size(); i++) {
      codes.array()[i] = (byte) t.array()[t.offset() + i];
    }
    return codes;
  }

  private static void copy(ByteTensor codes, Quantisation q, Tensor to) {
    for (int i = 0; i < to.size(); i++) {
      to.array()[to.offset() + i] = q.type().code(codes.array()[i]);
    }
  }

  /** Codes of either sign: any byte is one. */
  private static Tensor codes(Draw d, Shape s, Layout layout) {
    return d.through(s, layout, v -> Math.floor(256 * v) - 128);
  }

  /** Halves among them, which round to even, and what lies beyond the range. */
  private static List<Call> quantise(Backend backend, Draw d) {
    Shape s = d.shape();
    Quantisation q = of(d, s.dim(1), 1, d.either());
    Quantise plan = backend.quantised().quantise(s, d.layout(), q);
    Tensor x = d.through(s, d.layout(), v -> 0.001 * (v - 0.5) * 16_000);
    for (int i = 0; i < x.size(); i += 3) {
      x.array()[i] = q.scale(0) * (d.numbers(1, -300, 300)[0] + 0.5f);
    }
    Call.Binding run =
        t -> {
          ByteTensor y = ByteTensor.zeros(t[1].shape(), t[1].layout());
          return (ws, par) -> {
            plan.forward(t[0], y, ws, par);
            copy(y, q, t[1]);
          };
        };
    return Draw.calls(
        new Call("quantise", plan.workspace(), run)
            .reads("x", x)
            .writes("y", like(s, d.layout()), Bound.EXACT));
  }

  private static List<Call> dequantise(Backend backend, Draw d) {
    Shape s = d.shape();
    Quantisation q = of(d, s.dim(1), 1, d.either());
    Dequantise plan = backend.quantised().dequantise(s, d.layout(), q);
    Call.Binding run = t -> (ws, par) -> plan.forward(bytes(t[0]), t[1], ws, par);
    return Draw.calls(
        new Call("dequantise", plan.workspace(), run)
            .reads("x", codes(d, s, d.layout()))
            .writes("y", like(s, d.layout()), Bound.EXACT));
  }

  private static Tensor bias(Draw d, int n) {
    return d.through(Shape.of(n), FIRST, v -> Math.floor(20_000 * v) - 10_000);
  }

  private static IntTensor ints(Tensor t) {
    IntTensor all = IntTensor.zeros(t.shape());
    for (int i = 0; i < t.size(); i++) {
      all.array()[i] = (int) t.array()[t.offset() + i];
    }
    return all;
  }

  private static Requantisation ending(
      Draw d, Quantisation x, Quantisation w, Quantisation y, int outputs) {
    Requantisation out =
        d.either()
            ? Requantisation.byScale(x, w, y, outputs)
            : Requantisation.fixedPoint(x, w, y, outputs);
    return d.either() ? out.relu() : out;
  }

  private static List<Call> conv(Backend backend, Draw d) {
    Shape x = d.shape();
    int k = d.between(1, Math.min(3, Math.min(x.dim(2), x.dim(3))));
    ConvShape s =
        ConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3))
            .filters(d.between(1, 19), k, k)
            .padding(d.between(0, 2))
            .stride(d.between(1, 2))
            .build();
    Quantisation qx = of(d, 1, 0, false);
    Quantisation qw = of(d, s.oc(), 0, d.either());
    Quantisation qy = Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 100);
    QuantisedConv plan = backend.quantised().conv(s, d.layout(), qx, qw);
    QuantisedWeights w = plan.pack(bytes(codes(d, s.w(), FIRST)));
    Requantisation out = ending(d, qx, qw, qy, s.oc());
    Call.Binding run =
        t -> {
          ByteTensor y = ByteTensor.zeros(t[2].shape(), t[2].layout());
          return (ws, par) -> {
            plan.run(bytes(t[0]), w, ints(t[1]), out, y, ws, par);
            copy(y, qy, t[2]);
          };
        };
    return Draw.calls(
        new Call("int8 convolution", plan.workspace(), run)
            .reads("x", codes(d, s.x(), d.layout()))
            .reads("bias", bias(d, s.oc()))
            .writes("y", like(s.y(), d.layout()), Bound.EXACT));
  }

  private static List<Call> gemm(Backend backend, Draw d) {
    GemmShape s = GemmShape.of(d.shape().dim(0), d.between(1, 37), d.shape().dim(1));
    Quantisation qa = of(d, 1, 0, false);
    Quantisation qb = of(d, s.n(), 1, d.either());
    Quantisation qc = Quantisation.perTensor(QuantisedType.INT8, 0.5f, -7);
    QuantisedGemm plan = backend.quantised().gemm(s, qa, qb);
    QuantisedWeights b = plan.pack(bytes(codes(d, s.b(), FIRST)));
    Requantisation out = ending(d, qa, qb, qc, s.n());
    Call.Binding run =
        t -> {
          ByteTensor c = ByteTensor.zeros(t[2].shape());
          return (ws, par) -> {
            plan.run(bytes(t[0]), b, ints(t[1]), out, c, ws, par);
            copy(c, qc, t[2]);
          };
        };
    return Draw.calls(
        new Call("int8 product", plan.workspace(), run)
            .reads("a", codes(d, s.a(), FIRST))
            .reads("bias", bias(d, s.n()))
            .writes("c", like(s.c()), Bound.EXACT));
  }

  private static LinearShape linear(Draw d) {
    return new LinearShape(d.shape().dim(0), d.shape().dim(1), d.between(1, 37));
  }

  /** x is quantised alike, sums are exact, what follows takes a few roundings. */
  private static List<Call> dynamicLinear(Backend backend, Draw d) {
    LinearShape s = linear(d);
    Quantisation q = symmetric(d);
    DynamicLinear plan = backend.quantised().dynamicLinear(s, q);
    QuantisedWeights w = plan.pack(bytes(codes(d, s.w(), FIRST)));
    Call.Binding run = t -> (ws, par) -> plan.run(t[0], w, t[1], t[2], ws, par);
    return Draw.calls(
        new Call("dynamic linear", plan.workspace(), run)
            .reads("x", d.of(s.x()))
            .reads("bias", d.of(s.bias()))
            .writes("y", like(s.y()), roundings(8, 128 * q.scale(0) * s.x().dim(1) + 1))
            .apart("y", "x", "bias"));
  }

  private static ConvOptions options(Draw d) {
    return ConvOptions.DEFAULT.layout(d.layout()).strict();
  }

  private static WeightFormat half(Draw d) {
    return d.pick(WeightFormat.FLOAT16, WeightFormat.BFLOAT16);
  }

  /** A common divisor of the channels that come and go. */
  private static int groups(Draw d, int channels) {
    return d.either() ? 1 : channels;
  }

  private static List<Call> narrowConv(Backend backend, Draw d) {
    Shape x = d.shape();
    int k = d.between(1, Math.min(3, Math.min(x.dim(2), x.dim(3))));
    int groups = groups(d, x.dim(1));
    ConvShape s =
        ConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3))
            .filters(groups * d.between(1, 5), k, k)
            .padding(d.between(0, 2))
            .stride(d.between(1, 2))
            .groups(groups)
            .build();
    NarrowConv plan = backend.quantised().narrowConv(s, options(d), half(d));
    QuantisedWeights w = plan.pack(d.of(s.w()));
    Call.Binding run = t -> (ws, par) -> plan.run(t[0], w, Epilogue.bias(t[1]), t[2], ws, par);
    int terms = s.icg() * s.area();
    return Draw.calls(
        new Call("narrow convolution", plan.workspace(), run)
            .reads("x", d.of(s.x(), d.layout()))
            .reads("bias", d.of(s.bias()))
            .writes("y", like(s.y(), d.layout()), roundings(terms + 4, terms + 1))
            .apart("y", "x", "bias"));
  }

  private static List<Call> narrowTransposedConv(Backend backend, Draw d) {
    Shape x = d.shape();
    int groups = groups(d, x.dim(1));
    int k = d.between(1, 3);
    TransposedConvShape s =
        TransposedConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3))
            .filters(groups * d.between(1, 5), k, k)
            .stride(d.between(1, 2))
            .groups(groups)
            .build();
    NarrowTransposedConv plan = backend.quantised().narrowTransposedConv(s, options(d), half(d));
    QuantisedWeights w = plan.pack(d.of(s.w()));
    Call.Binding run = t -> (ws, par) -> plan.run(t[0], w, Epilogue.bias(t[1]), t[2], ws, par);
    int terms = s.icg() * s.area();
    return Draw.calls(
        new Call("narrow transposed convolution", plan.workspace(), run)
            .reads("x", d.of(s.x(), d.layout()))
            .reads("bias", d.of(s.bias()))
            .writes("y", like(s.y(), d.layout()), roundings(terms + 4, terms + 1))
            .apart("y", "x", "bias"));
  }

  private static List<Call> narrowLinear(Backend backend, Draw d) {
    LinearShape s = linear(d);
    WeightFormat format = d.pick(WeightFormat.values());
    NarrowLinear plan = backend.quantised().narrowLinear(s, format);
    QuantisedWeights w = plan.pack(d.of(s.w()));
    int k = s.x().dim(1);
    Call.Binding run = t -> (ws, par) -> plan.run(t[0], w, t[1], t[2], ws, par);
    return Draw.calls(
        new Call("narrow linear", plan.workspace(), run)
            .reads("x", d.of(s.x()))
            .reads("bias", d.of(s.bias()))
            .writes("y", like(s.y()), roundings(k + 4, k + 1))
            .apart("y", "x", "bias"));
  }
}
