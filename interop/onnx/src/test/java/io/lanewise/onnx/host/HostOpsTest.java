package io.lanewise.onnx.host;

import static io.lanewise.onnx.host.OpCase.floats;
import static io.lanewise.onnx.host.OpCase.integers;
import static io.lanewise.onnx.host.OpCase.longs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the standard's cases leave out: element types at their ends, and what is refused. */
class HostOpsTest {
  private static long[] longsOf(OpCase c) {
    return Elements.longs(c.first());
  }

  private static double[] doublesOf(OpCase c) {
    return Elements.doubles(c.first());
  }

  @Test
  void unsignedLongsUseTheirHighestBit() {
    TypedTensor huge = integers(ElementType.UINT64, -2); // 2^64 - 2
    TypedTensor two = integers(ElementType.UINT64, 2);
    assertArrayEquals(new long[] {Long.MAX_VALUE}, longsOf(OpCase.of("Div", 13).in(huge, two)));
    assertArrayEquals(new long[] {-2}, longsOf(OpCase.of("Max", 13).in(huge, two)));
    assertArrayEquals(new long[] {2}, longsOf(OpCase.of("Min", 13).in(huge, two)));
    assertArrayEquals(new long[] {1}, longsOf(OpCase.of("Greater", 13).in(huge, two)));
    assertArrayEquals(
        new long[] {4}, longsOf(OpCase.of("Mod", 13).in(huge, integers(ElementType.UINT64, 10))));
    assertArrayEquals(
        new long[] {-2},
        longsOf(OpCase.of("ReduceMax", 13).in(integers(ElementType.UINT64, 2, -2))));
    assertArrayEquals(
        new double[] {0x1p64}, doublesOf(OpCase.of("Cast", 13).in(huge).with("to", 1)));
    TypedTensor half = floats(0x1p63);
    assertArrayEquals(
        new long[] {Long.MIN_VALUE}, longsOf(OpCase.of("Cast", 13).in(half).with("to", 13)));
  }

  @Test
  void integersWrap() {
    TypedTensor a = integers(ElementType.INT8, 127, -128);
    assertArrayEquals(
        new long[] {-128, 127},
        longsOf(OpCase.of("Add", 14).in(a, integers(ElementType.INT8, 1, -1))));
    assertArrayEquals(new long[] {-127, -128}, longsOf(OpCase.of("Neg", 13).in(a)));
    TypedTensor b = integers(ElementType.UINT8, 200);
    assertArrayEquals(new long[] {144}, longsOf(OpCase.of("Add", 14).in(b, b)));
    assertArrayEquals(new long[] {64}, longsOf(OpCase.of("Mul", 14).in(b, b)));
  }

  @Test
  void whatNoMemoryHolds() {
    TypedTensor end = TypedTensor.scalar(Integer.MAX_VALUE);
    OpCase range = OpCase.of("Range", 11).in(TypedTensor.scalar(0), end, TypedTensor.scalar(1));
    String message = assertThrows(OnnxException.class, range::first).getMessage();
    assertTrue(message.contains("needs more memory than the JVM has"), message);
  }

  @Test
  void shiftsBeyondTheWidthLeaveNothing() {
    TypedTensor x = integers(ElementType.UINT64, -1, 1);
    OpCase right = OpCase.of("BitShift", 11).in(x, integers(ElementType.UINT64, 63, 64));
    assertArrayEquals(new long[] {1, 0}, longsOf(right.with("direction", "RIGHT")));
    OpCase left =
        OpCase.of("BitShift", 11)
            .in(integers(ElementType.UINT8, 0x81), integers(ElementType.UINT8, 1));
    assertArrayEquals(new long[] {2}, longsOf(left.with("direction", "LEFT")));
  }

  @Test
  void longsStayExactInProductsAndSums() {
    long big = (1L << 62) + 1;
    TypedTensor row = Elements.of(ElementType.INT64, Shape.of(1, 2), new long[] {big, 1});
    TypedTensor column = Elements.of(ElementType.INT64, Shape.of(2, 1), new long[] {1, 1});
    assertArrayEquals(new long[] {big + 1}, longsOf(OpCase.of("MatMul", 13).in(row, column)));
    assertArrayEquals(new long[] {big + 1}, longsOf(OpCase.of("ReduceSum", 13).in(row)));
    assertArrayEquals(
        new long[] {big, big + 1}, longsOf(OpCase.of("CumSum", 14).in(row, TypedTensor.scalar(1))));
    assertArrayEquals(
        new long[] {big + 1},
        longsOf(OpCase.of("Einsum", 12).in(row, column).with("equation", "ij,jk->ik")));
    assertArrayEquals(
        new long[] {big * big}, longsOf(OpCase.of("Pow", 15).in(longs(big), longs(2))));
  }

  @Test
  void noNumberIsNeitherMoreNorLess() {
    TypedTensor nan = floats(Double.NaN, 1);
    TypedTensor ones = floats(1, Double.NaN);
    for (String op : new String[] {"Less", "Greater", "LessOrEqual", "GreaterOrEqual", "Equal"}) {
      assertArrayEquals(new long[] {0, 0}, longsOf(OpCase.of(op, 16).in(nan, ones)), op);
    }
    assertTrue(Double.isNaN(doublesOf(OpCase.of("Max", 13).in(nan, ones))[0]));
    assertArrayEquals(
        new long[] {1}, longsOf(OpCase.of("Equal", 13).in(floats(-0.0), floats(0.0))));
  }

  @ParameterizedTest
  @CsvSource({
    "1e10, 10000000000.0",
    "1e16, 1e+16",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-2.5, -2.5",
    "3, 3.0",
    "1.25e-7, 1.25e-07"
  })
  void numbersAreWrittenAsInC(double value, String text) {
    TypedTensor x = Elements.of(ElementType.DOUBLE, Shape.of(1), new double[] {value});
    assertEquals(text, OpCase.of("Cast", 13).in(x).with("to", 8).first().strings()[0]);
  }

  @Test
  void textsBecomeNumbers() {
    String[] texts = {"1e3", "-inf", "NaN", " 7 "};
    TypedTensor x = TypedTensor.of(ElementType.STRING, Shape.of(4), texts);
    double[] expected = {1000, Double.NEGATIVE_INFINITY, Double.NaN, 7};
    assertArrayEquals(expected, doublesOf(OpCase.of("Cast", 13).in(x).with("to", 1)));
    OpCase integers = OpCase.of("Cast", 13).in(x).with("to", 7);
    OnnxException e = assertThrows(OnnxException.class, integers::run);
    assertEquals("node 'n' (Cast): '-inf' is not of type int64", e.getMessage());
  }

  @Test
  void sixteenBitsAreRoundedOnce() {
    TypedTensor x = Elements.of(ElementType.FLOAT16, Shape.of(2), new double[] {2048, 1});
    TypedTensor y = OpCase.of("Sum", 13).in(x, x, x).first();
    assertEquals(ElementType.FLOAT16, y.type());
    assertArrayEquals(new double[] {6144, 3}, Elements.doubles(y));
    TypedTensor odd = Elements.of(ElementType.FLOAT16, Shape.of(1), new double[] {1});
    TypedTensor big = Elements.of(ElementType.FLOAT16, Shape.of(1), new double[] {2048});
    assertArrayEquals(new double[] {2048}, doublesOf(OpCase.of("Add", 14).in(big, odd)));
  }

  @Test
  void emptyTensors() {
    TypedTensor none = TypedTensor.zeros(ElementType.FLOAT, Shape.of(0, 3));
    assertEquals(Shape.of(3, 0), OpCase.of("Transpose", 13).in(none).first().shape());
    assertEquals(Shape.of(0, 3), OpCase.of("Relu", 14).in(none).first().shape());
    assertArrayEquals(new double[3], doublesOf(OpCase.of("ReduceSum", 13).in(none, longs(0))));
    assertEquals(Shape.of(2, 0), OpCase.of("NonZero", 13).in(none).first().shape());
    assertEquals(
        Shape.of(0, 6), OpCase.of("Concat", 13).in(none, none).with("axis", 1).first().shape());
    OnnxException e = assertThrows(OnnxException.class, OpCase.of("ArgMax", 13).in(none)::run);
    assertTrue(e.getMessage().contains("empty"), e.getMessage());
  }

  @Test
  void mistakesNameTheNode() {
    TypedTensor x = OpCase.random(1, 2, 3);
    refuses(OpCase.of("Add", 14).in(x, OpCase.random(1, 2)), "[2, 3] and [2] do not broadcast");
    refuses(OpCase.of("Add", 14).in(x), "expected input 1, got 1 inputs");
    refuses(OpCase.of("Add", 14).in(x, longs(1)), "float[2, 3] and int64[1]");
    refuses(OpCase.of("Concat", 13).in(x).with("axis", 2), "axis should be from -2 to 1, got 2");
    refuses(OpCase.of("Gather", 13).in(x, longs(2)), "index 2 is outside an axis of size 2");
    refuses(OpCase.of("Reshape", 13).in(x, longs(4, -1)), "float[2, 3] to [4, -1]");
    refuses(
        OpCase.of("Reshape", 13).in(x, longs(-2)), "a size should be from 0 to 2^31 - 1, got -2");
    refuses(OpCase.of("ConstantOfShape", 9).in(longs(1L << 40)), "2^31 - 1, got 1099511627776");
    refuses(
        OpCase.of("ConstantOfShape", 9).in(longs(1 << 20, 1 << 20)), "at most 2^31 - 1 elements");
    refuses(OpCase.of("MatMul", 13).in(x, x), "cannot multiply [2, 3] by [2, 3]");
    refuses(
        OpCase.of("Conv", 11).in(OpCase.random(1, 1, 2, 4, 4), OpCase.random(2, 3, 3, 3, 3)),
        "do not fit");
    refuses(
        OpCase.of("Slice", 13).in(x, longs(0), longs(1), longs(0), longs(0)),
        "step on axis 0 is 0");
    refuses(OpCase.of("Div", 14).in(longs(1), longs(0)), "/ by zero");
    refuses(
        OpCase.of("Transpose", 13).in(x).with("perm", new long[] {0, 0}), "no order of the axes");
    refuses(OpCase.of("Conv", 11).in(x, x).with("strides", "two"), "");
  }

  private static void refuses(OpCase c, String words) {
    OnnxException e = assertThrows(OnnxException.class, c::run);
    assertTrue(e.getMessage().startsWith("node 'n' ("), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void whatIsNotThereIsSaid() {
    OpCase unknown = OpCase.of("Frobnicate", 13).in(floats(1));
    OnnxException e = assertThrows(OnnxUnsupportedException.class, unknown::run);
    assertEquals("node 'n' (Frobnicate), opset 13: the operator is not supported", e.getMessage());
    assertThrows(OnnxUnsupportedException.class, OpCase.of("Gelu", 19).in(floats(1))::run);
    assertThrows(OnnxUnsupportedException.class, OpCase.of("Scatter", 11).in(floats(1))::run);
    OpCase dropping =
        OpCase.of("Dropout", 13)
            .in(floats(1), floats(0.5).reshape(Shape.of()), integers(ElementType.BOOL, 1));
    assertThrows(OnnxUnsupportedException.class, dropping::run);
    assertThrows(
        OnnxUnsupportedException.class, OpCase.of("Relu", 14).in(floats(1)).outputs(2)::run);
  }
}
