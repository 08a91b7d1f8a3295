package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantising and dequantising equal the reference on every kernel set, team, layout and axis. */
final class CodesTest {
  private static final Quantised REFERENCE = new ReferenceBackend().quantised();

  static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(),
        Shape.of(1),
        Shape.of(0, 3, 4),
        Shape.of(3, 0, 2),
        Shape.of(1037),
        Shape.of(5, 33),
        Shape.of(2, 21, 15),
        Shape.of(1, 16, 7, 5),
        Shape.of(3, 4, 1100),
        Shape.of(2, 3, 2, 3, 35),
        Shape.of(2, 9000));
  }

  /** Values that hit every code, halves between codes, and specials. */
  private static Tensor values(Shape shape, Layout layout) {
    float[] specials = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE, 1e38f
    };
    Tensor x = TestData.uniform(shape, 7).copy();
    for (int i = 0; i < x.size(); i++) {
      float v = x.array()[i] * 2;
      x.array()[i] = i % 5 == 0 ? Math.round(v * 200) * 0.005f : v;
      x.array()[i] = i % 11 == 3 ? specials[i % specials.length] : x.array()[i];
    }
    return shape.rank() < 2 ? x : x.copy(layout);
  }

  private static List<Quantisation> quantisations(Shape shape) {
    List<Quantisation> all = new ArrayList<>();
    for (QuantisedType type : QuantisedType.values()) {
      all.add(Quantisation.perTensor(type, 0.01f, type.signed() ? -5 : 130));
      all.add(Quantisation.perTensor(type, 0.01f, type.max()));
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (shape.dim(axis) > 0) {
          all.add(CodeData.perChannel(type, axis, shape.dim(axis), true, axis));
        }
      }
    }
    return all;
  }

  private static List<Layout> layouts(Shape shape) {
    return shape.rank() < 2 ? List.of(Layout.CHANNELS_FIRST) : List.of(Layout.values());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bothDirectionsAreTheReferences(Shape shape) {
    for (Layout layout : layouts(shape)) {
      for (Quantisation q : quantisations(shape)) {
        Tensor x = values(shape, layout);
        ByteTensor codes = CodeData.codes(shape, layout, 3);
        ByteTensor expected = ByteTensor.zeros(shape, layout);
        Tensor floats = Tensor.zeros(shape, layout);
        Workspace none = Workspace.NONE;
        Parallel one = Parallel.SEQUENTIAL;
        REFERENCE.quantise(shape, layout, q).forward(x, expected, none, one);
        REFERENCE.dequantise(shape, layout, q).forward(codes, floats, none, one);
        for (Target target : Targets.all()) {
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = shape + " " + layout + " " + q + " " + target.kernels().name();
            quantise(
                new KernelQuantised(target).quantise(shape, layout, q), x, expected, par, context);
            dequantise(
                new KernelQuantised(target).dequantise(shape, layout, q),
                codes,
                floats,
                par,
                context);
          }
        }
      }
    }
  }

  private static void quantise(
      Quantise plan, Tensor x, ByteTensor expected, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    ByteTensor y = CodeData.unwritten(x.shape(), x.layout());
    plan.forward(in.tensor(), y, TestData.workspace(plan.workspace(), par), par);
    CodeData.assertSame(expected, y, context);
    in.assertUnchanged(context);
  }

  private static void dequantise(
      Dequantise plan, ByteTensor x, Tensor expected, Parallel par, String context) {
    Guarded y = Guarded.unwritten(x.shape(), x.layout());
    plan.forward(x, y.tensor(), TestData.workspace(plan.workspace(), par), par);
    ErrorBound.assertSameBits(expected, y.tensor(), context);
    y.assertGuardsIntact(context);
  }

  /** Every float near a boundary between two codes, against the definition of one element. */
  @ParameterizedTest
  @ValueSource(
      floats = {
        0.1f,
        1 / 127f,
        0.7f,
        0.99999994f,
        1.0000001f,
        3f,
        1e-30f,
        1e-19f,
        1e19f,
        1e30f,
        0x1p-126f
      })
  void boundariesBetweenCodes(float scale) {
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, scale, 3);
    float[] values = new float[600 * 16];
    for (int code = 0; code < 600; code++) {
      float boundary = (code - 300.5f) * scale;
      for (int i = 0; i < 16; i++) {
        values[code * 16 + i] = Float.intBitsToFloat(Float.floatToRawIntBits(boundary) + i - 8);
      }
    }
    Tensor x = Tensor.of(Shape.of(values.length), values);
    byte[] expected = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      expected[i] = q.code(values[i], 0);
    }
    for (Target target : Targets.all()) {
      Quantise plan = new KernelQuantised(target).quantise(x.shape(), x.layout(), q);
      ByteTensor y = ByteTensor.zeros(x.shape());
      plan.forward(x, y, Workspace.NONE, Parallel.SEQUENTIAL);
      assertArrayEquals(expected, y.toArray(), target.kernels().name());
    }
  }

  @Test
  void badArgumentsAreRefused() {
    Shape shape = Shape.of(2, 3, 9);
    Quantisation q = CodeData.perChannel(QuantisedType.INT8, 1, 3, true, 1);
    Layout last = Layout.CHANNELS_LAST;
    Layout first = Layout.CHANNELS_FIRST;
    for (Quantised all : List.of(new KernelQuantised(Targets.best()), REFERENCE)) {
      assertRefused(() -> all.quantise(Shape.of(2, 4), first, q), "3 scales along axis 1");
      assertRefused(() -> all.dequantise(Shape.of(2, 4), first, q), "3 scales along axis 1");
      Quantise there = all.quantise(shape, last, q);
      Dequantise back = all.dequantise(shape, first, q);
      Workspace ws = Workspace.allocate(back.workspace(), 1);
      Parallel one = Parallel.SEQUENTIAL;
      Tensor x = Tensor.zeros(shape, last);
      ByteTensor y = ByteTensor.zeros(shape, last);
      assertRefused(() -> there.forward(Tensor.zeros(2, 3), y, ws, one), "x must have shape");
      assertRefused(() -> there.forward(Tensor.zeros(shape), y, ws, one), "x must have layout");
      assertRefused(() -> there.forward(x, ByteTensor.zeros(shape), ws, one), "y must have layout");
      assertRefused(
          () -> there.forward(x, ByteTensor.zeros(Shape.of(3)), ws, one), "y must have shape");
      assertRefused(() -> back.forward(y, x, ws, one), "x must have layout");
      assertRefused(() -> back.forward(ByteTensor.zeros(shape), x, ws, one), "y must have layout");
    }
  }
}
