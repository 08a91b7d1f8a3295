package io.lanewise.kernels.quantised;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** A run of each quantised operation, for tests that ask the same of every plan. */
public final class QuantisedRuns {
  private static final Quantisation U = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 100);
  private static final Quantisation I = Quantisation.perTensor(QuantisedType.INT8, 0.03f, 0);

  private final Quantised all;
  private final Parallel par;
  private final Sink sink;

  /** Takes what runs. */
  public interface Sink {
    /** Takes a run. */
    void add(String name, Object plan, Runnable once);
  }

  private QuantisedRuns(Quantised all, Parallel par, Sink sink) {
    this.all = all;
    this.par = par;
    this.sink = sink;
  }

  /** Adds a run of each. */
  public static void add(Backend backend, Parallel par, Sink sink) {
    QuantisedRuns runs = new QuantisedRuns(backend.quantised(), par, sink);
    Shape shape = Shape.of(3, 40, 50);
    runs.codes(shape, U);
    runs.codes(shape, CodeData.perChannel(QuantisedType.INT8, 1, 40, true, 1));
    for (Layout layout : Layout.values()) {
      runs.conv(ConvShape.parse("ic5 ih9 iw15 oc19 kh3 p1"), layout, U);
      runs.conv(ConvShape.parse("ic300 ih6 oc9 kh3 p1"), layout, U); // in parts
    }
    for (WeightFormat format : List.of(WeightFormat.FLOAT16, WeightFormat.BFLOAT16)) {
      runs.narrow(ConvShape.parse("ic70 ih9 oc65 kh3 s2 p1"), format);
      runs.narrow(TransposedConvShape.parse("ic12 ih9 oc10 kh3 s2 g2"), format);
    }
    runs.gemm(GemmShape.parse("m13 n37 k21"));
    runs.gemm(GemmShape.parse("m1 n37 k700"));
    for (int n : new int[] {1, 5}) {
      LinearShape s = new LinearShape(n, 130, 70);
      runs.dynamic(s);
      for (WeightFormat format : WeightFormat.values()) {
        runs.narrow(s, format);
      }
    }
  }

  private Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, par.workers());
  }

  private void codes(Shape shape, Quantisation q) {
    Quantise there = all.quantise(shape, Layout.CHANNELS_FIRST, q);
    Dequantise back = all.dequantise(shape, Layout.CHANNELS_FIRST, q);
    Tensor x = TestData.uniform(shape, 1);
    ByteTensor y = ByteTensor.zeros(shape);
    Workspace ws = workspace(there.workspace().max(back.workspace()));
    sink.add("quantise, " + q, there, () -> there.forward(x, y, ws, par));
    sink.add("dequantise, " + q, back, () -> back.forward(y, x, ws, par));
  }

  private void conv(ConvShape s, Layout layout, Quantisation qx) {
    QuantisedConv plan = all.conv(s, layout, qx, I);
    QuantisedWeights w = plan.pack(CodeData.constant(s.w(), 127));
    ByteTensor x = CodeData.codes(s.x(), layout, 1);
    ByteTensor y = ByteTensor.zeros(s.y(), layout);
    IntTensor sums = IntTensor.zeros(s.y(), layout);
    IntTensor bias = CodeData.integers(s.oc(), 1);
    Requantisation out = Requantisation.byScale(qx, I, U, s.oc());
    Requantisation fixed = Requantisation.fixedPoint(qx, I, U, s.oc());
    Workspace ws = workspace(plan.workspace());
    String name = "int8 convolution " + s + " " + layout;
    sink.add(name, plan, () -> plan.run(x, w, bias, out, y, ws, par));
    sink.add(name + ", fixed point", plan, () -> plan.run(x, w, bias, fixed, y, ws, par));
    sink.add(name + ", sums", plan, () -> plan.accumulate(x, w, bias, sums, ws, par));
  }

  private void gemm(GemmShape s) {
    QuantisedGemm plan = all.gemm(s, U, I);
    QuantisedWeights b = plan.pack(CodeData.codes(s.b(), 2));
    ByteTensor a = CodeData.codes(s.a(), 1);
    ByteTensor c = ByteTensor.zeros(s.c());
    IntTensor sums = IntTensor.zeros(s.c());
    Requantisation out = Requantisation.byScale(U, I, U, s.n());
    Workspace ws = workspace(plan.workspace());
    sink.add("int8 product " + s, plan, () -> plan.run(a, b, null, out, c, ws, par));
    sink.add("int8 product, sums " + s, plan, () -> plan.accumulate(a, b, null, sums, ws, par));
  }

  private void dynamic(LinearShape s) {
    DynamicLinear plan = all.dynamicLinear(s, I);
    QuantisedWeights w = plan.pack(CodeData.codes(s.w(), 2));
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = workspace(plan.workspace());
    sink.add("dynamic linear " + s, plan, () -> plan.run(x, w, null, y, ws, par));
  }

  private void narrow(ConvShape s, WeightFormat format) {
    NarrowConv plan = all.narrowConv(s, ConvOptions.DEFAULT, format);
    QuantisedWeights w = plan.pack(TestData.uniform(s.w(), 2));
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = workspace(plan.workspace());
    Epilogue e = Epilogue.none();
    sink.add("convolution by " + format + " " + s, plan, () -> plan.run(x, w, e, y, ws, par));
  }

  private void narrow(TransposedConvShape s, WeightFormat format) {
    NarrowTransposedConv plan = all.narrowTransposedConv(s, ConvOptions.DEFAULT, format);
    QuantisedWeights w = plan.pack(TestData.uniform(s.w(), 2));
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = workspace(plan.workspace());
    Epilogue e = Epilogue.none();
    sink.add("transposed by " + format + " " + s, plan, () -> plan.run(x, w, e, y, ws, par));
  }

  private void narrow(LinearShape s, WeightFormat format) {
    NarrowLinear plan = all.narrowLinear(s, format);
    QuantisedWeights w = plan.pack(TestData.uniform(s.w(), 2));
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = workspace(plan.workspace());
    sink.add("linear by " + format + " " + s, plan, () -> plan.run(x, w, null, y, ws, par));
  }
}
