package io.lanewise.onnx.host;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** Operators of one input that treat each element alone: y = f(x). */
final class Unary {
  private Unary() {}

  static void addTo(OpTable<HostOp> table) {
    exact(table);
    rounding(table);
    transcendental(table);
    predicates(table);
    for (String name : Activations.NAMES) {
      HostOp op = call -> List.of(map(call.input(0), Activations.of(name, call)));
      table.add(name, Activations.since(name), op);
    }
  }

  private static void exact(OpTable<HostOp> table) {
    table.add("Abs", op(Math::abs, Math::abs));
    table.add("Neg", op(v -> -v, v -> -v));
    table.add("Sign", 9, op(Math::signum, Long::signum));
    table.add("Reciprocal", op(v -> 1 / v));
    table.add("Sqrt", op(Math::sqrt));
    table.add("BitwiseNot", 18, op(v -> v, v -> ~v));
  }

  private static void rounding(OpTable<HostOp> table) {
    table.add("Floor", op(Math::floor, v -> v));
    table.add("Ceil", op(Math::ceil, v -> v));
    table.add("Round", 11, op(Math::rint, v -> v));
  }

  private static void transcendental(OpTable<HostOp> table) {
    table.add("Exp", op(Math::exp));
    table.add("Log", op(Math::log));
    table.add("Sin", 7, op(Math::sin));
    table.add("Cos", 7, op(Math::cos));
    table.add("Tan", 7, op(Math::tan));
    table.add("Asin", 7, op(Math::asin));
    table.add("Acos", 7, op(Math::acos));
    table.add("Atan", 7, op(Math::atan));
    table.add("Sinh", 9, op(Math::sinh));
    table.add("Cosh", 9, op(Math::cosh));
    table.add("Asinh", 9, op(Scalars::asinh));
    table.add("Acosh", 9, op(Scalars::acosh));
    table.add("Atanh", 9, op(Scalars::atanh));
    table.add("Erf", 9, op(Scalars::erf));
  }

  private static void predicates(OpTable<HostOp> table) {
    table.add("IsNaN", 9, call -> List.of(test(call.input(0), Double::isNaN)));
    table.add(
        "IsInf",
        10,
        call -> {
          boolean positive = call.node().intOr("detect_positive", 1) != 0;
          boolean negative = call.node().intOr("detect_negative", 1) != 0;
          return List.of(
              test(call.input(0), v -> Double.isInfinite(v) && (v > 0 ? positive : negative)));
        });
    table.add("Not", call -> List.of(test(call.input(0), v -> v == 0)));
  }

  private static HostOp op(DoubleUnaryOperator f) {
    return call -> List.of(map(call.input(0), f));
  }

  /** Integers stay exact. */
  private static HostOp op(DoubleUnaryOperator f, LongUnaryOperator g) {
    return call -> {
      TypedTensor x = call.input(0);
      return List.of(x.type().isFloating() ? map(x, f) : mapLongs(x, g));
    };
  }

  /** y = f(x) in the type of x. */
  static TypedTensor map(TypedTensor x, DoubleUnaryOperator f) {
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.setDouble(i, f.applyAsDouble(x.doubleAt(i)));
    }
    return y;
  }

  private static TypedTensor mapLongs(TypedTensor x, LongUnaryOperator f) {
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.setLong(i, f.applyAsLong(x.longAt(i)));
    }
    return y;
  }

  private static TypedTensor test(TypedTensor x, DoublePredicate p) {
    TypedTensor y = TypedTensor.zeros(ElementType.BOOL, x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.setLong(i, p.test(x.doubleAt(i)) ? 1 : 0);
    }
    return y;
  }
}
