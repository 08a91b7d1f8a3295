package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;

/** Operators of two inputs, element by element with broadcasting. */
final class Binary {
  /** Arithmetic in each of the three kinds of numbers. */
  record Arithmetic(
      DoubleBinaryOperator floating, LongBinaryOperator integer, LongBinaryOperator unsigned64) {
    Arithmetic(DoubleBinaryOperator floating, LongBinaryOperator integer) {
      this(floating, integer, integer);
    }
  }

  static final Arithmetic ADD = new Arithmetic(Double::sum, Long::sum);
  static final Arithmetic MULTIPLY = new Arithmetic((a, b) -> a * b, (a, b) -> a * b);
  static final Arithmetic MAX = new Arithmetic(Math::max, Math::max, Binary::maxUnsigned);
  static final Arithmetic MIN = new Arithmetic(Math::min, Math::min, Binary::minUnsigned);

  private Binary() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Add", op(ADD));
    table.add("Sub", op(new Arithmetic((a, b) -> a - b, (a, b) -> a - b)));
    table.add("Mul", op(MULTIPLY));
    table.add("Div", op(new Arithmetic((a, b) -> a / b, (a, b) -> a / b, Long::divideUnsigned)));
    table.add("Mod", 10, Binary::mod);
    table.add("Pow", Binary::pow);
    table.add("PRelu", Binary::prelu);
    table.add("BitShift", 11, Binary::bitShift);
    table.add("BitwiseAnd", 18, op(new Arithmetic(Double::sum, (a, b) -> a & b)));
    table.add("BitwiseOr", 18, op(new Arithmetic(Double::sum, (a, b) -> a | b)));
    table.add("BitwiseXor", 18, op(new Arithmetic(Double::sum, (a, b) -> a ^ b)));
    table.add("And", logic((a, b) -> a & b));
    table.add("Or", logic((a, b) -> a | b));
    table.add("Xor", logic((a, b) -> a ^ b));
    table.add("Equal", comparison(sign -> sign == 0));
    table.add("Less", comparison(sign -> sign < 0));
    table.add("Greater", comparison(sign -> sign > 0));
    table.add("LessOrEqual", 12, comparison(sign -> sign <= 0));
    table.add("GreaterOrEqual", 12, comparison(sign -> sign >= 0));
  }

  private static HostOp op(Arithmetic arithmetic) {
    return call -> List.of(apply(arithmetic, call.input(0), second(call)));
  }

  /** y = a ∘ b in the type of both. */
  static TypedTensor apply(Arithmetic arithmetic, TypedTensor a, TypedTensor b) {
    requireSame(a, b);
    TypedTensor y = Broadcast.result(a.type(), a, b);
    if (a.type().isFloating()) {
      DoubleBinaryOperator f = arithmetic.floating();
      Broadcast.forEach(
          a.shape(),
          b.shape(),
          y.shape(),
          (i, j, k) -> y.setDouble(k, f.applyAsDouble(a.doubleAt(i), b.doubleAt(j))));
    } else {
      LongBinaryOperator f =
          a.type() == ElementType.UINT64 ? arithmetic.unsigned64() : arithmetic.integer();
      Broadcast.forEach(
          a.shape(),
          b.shape(),
          y.shape(),
          (i, j, k) -> y.setLong(k, f.applyAsLong(a.longAt(i), b.longAt(j))));
    }
    return y;
  }

  private static void requireSame(TypedTensor a, TypedTensor b) {
    if (a.type() != b.type()) {
      throw new IllegalArgumentException(
          "both inputs should be of one type, got " + a + " and " + b);
    }
  }

  /** Before version 7 the second input's axes could be aligned with any of the first one's. */
  private static TypedTensor second(HostCall call) {
    TypedTensor b = call.input(1);
    if (call.opset() >= 7 || !call.node().has("axis")) {
      return b;
    }
    int rank = call.input(0).shape().rank();
    int axis = call.axis(0, rank);
    int[] dims = Arrays.copyOf(b.shape().toArray(), Math.max(rank - axis, b.shape().rank()));
    Arrays.fill(dims, b.shape().rank(), dims.length, 1);
    return b.reshape(Shape.of(dims));
  }

  private static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static long minUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  /** With the sign of the divisor, or, by {@code fmod}, of the dividend. */
  private static List<TypedTensor> mod(HostCall call) {
    Arithmetic mod =
        call.node().intOr("fmod", 0) != 0
            ? new Arithmetic((a, b) -> a % b, (a, b) -> a % b, Long::remainderUnsigned)
            : new Arithmetic(
                (a, b) -> a - b * Math.floor(a / b), Math::floorMod, Long::remainderUnsigned);
    return List.of(apply(mod, call.input(0), call.input(1)));
  }

  /** The exponent may be of another type; the result is of the base's. */
  private static List<TypedTensor> pow(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor e = second(call);
    TypedTensor y = Broadcast.result(x.type(), x, e);
    boolean integers = x.type().isInteger() && e.type().isInteger();
    Broadcast.forEach(
        x.shape(),
        e.shape(),
        y.shape(),
        (i, j, k) -> {
          if (integers && e.longAt(j) >= 0) {
            y.setLong(k, power(x.longAt(i), e.longAt(j)));
          } else {
            y.setDouble(k, Math.pow(x.doubleAt(i), e.doubleAt(j)));
          }
        });
    return List.of(y);
  }

  /** By squaring, modulo 2^64. */
  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long e = exponent; e > 0; e >>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /** Before version 7 one slope a channel, on axis 1. */
  private static List<TypedTensor> prelu(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor slope = call.input(1);
    if (call.opset() < 7 && slope.shape().rank() == 1 && x.shape().rank() > 2) {
      int[] dims = new int[x.shape().rank() - 1];
      Arrays.fill(dims, 1);
      dims[0] = slope.size();
      slope = slope.reshape(Shape.of(dims));
    }
    Arithmetic f = new Arithmetic((v, s) -> v < 0 ? s * v : v, (v, s) -> v < 0 ? s * v : v);
    return List.of(apply(f, x, slope));
  }

  private static List<TypedTensor> bitShift(HostCall call) {
    boolean left =
        switch (call.node().textOr("direction", "")) {
          case "LEFT" -> true;
          case "RIGHT" -> false;
          default -> throw call.wrong("direction should be LEFT or RIGHT");
        };
    LongBinaryOperator shift = (a, b) -> b < 0 || b >= Long.SIZE ? 0 : left ? a << b : a >>> b;
    return List.of(apply(new Arithmetic(Double::sum, shift), call.input(0), call.input(1)));
  }

  private static HostOp logic(LongBinaryOperator f) {
    return call -> {
      TypedTensor a = call.input(0);
      TypedTensor b = second(call);
      TypedTensor y = Broadcast.result(ElementType.BOOL, a, b);
      Broadcast.forEach(
          a.shape(),
          b.shape(),
          y.shape(),
          (i, j, k) -> y.setLong(k, f.applyAsLong(a.longAt(i), b.longAt(j))));
      return List.of(y);
    };
  }

  private static HostOp comparison(IntPredicate holds) {
    return call -> {
      TypedTensor a = call.input(0);
      TypedTensor b = second(call);
      requireSame(a, b);
      TypedTensor y = Broadcast.result(ElementType.BOOL, a, b);
      Broadcast.forEach(
          a.shape(),
          b.shape(),
          y.shape(),
          (i, j, k) ->
              y.setLong(k, ordered(a, i, b, j) && holds.test(compare(a, i, b, j)) ? 1 : 0));
      return List.of(y);
    };
  }

  /** False if one is no number. */
  private static boolean ordered(TypedTensor a, int i, TypedTensor b, int j) {
    return !a.type().isFloating() || (!Double.isNaN(a.doubleAt(i)) && !Double.isNaN(b.doubleAt(j)));
  }

  /** Below, equal or above; both zeros are equal. */
  static int compare(TypedTensor a, int i, TypedTensor b, int j) {
    if (a.type() == ElementType.STRING) {
      return a.strings()[i].compareTo(b.strings()[j]);
    }
    if (a.type().isFloating()) {
      double x = a.doubleAt(i);
      double y = b.doubleAt(j);
      return x == y ? 0 : Double.compare(x, y);
    }
    return a.type() == ElementType.UINT64
        ? Long.compareUnsigned(a.longAt(i), b.longAt(j))
        : Long.compare(a.longAt(i), b.longAt(j));
  }
}
