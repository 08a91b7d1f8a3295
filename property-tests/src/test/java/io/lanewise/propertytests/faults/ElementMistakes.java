package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Mistakes in arithmetic: functions of elements, broadcasting, reductions, selections. */
final class ElementMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "BROADCAST_STARTS_LATE",
              "what is broadcast is read from its second element",
              running("binary", "forward", (plan, a, right) -> rotated((Binary) plan, a, right))),
          mistake(
              "BROADCAST_GRADIENT_IS_MEAN",
              "the gradient of what is broadcast is a mean",
              running("binary", "backward", (plan, a, right) -> mean((Binary) plan, a, right))),
          mistake(
              "TIES_COUNT_TWICE",
              "equal ones of a least or greatest get the whole gradient",
              running("binary", "backward", (plan, a, right) -> ties((Binary) plan, a, right))),
          mistake(
              "MODULUS_TRUNCATES",
              "a modulus has the dividend's sign",
              planning("binary", a -> a[0] = a[0] == BinaryOp.MOD ? BinaryOp.FMOD : a[0])),
          mistake(
              "LESS_IS_STRICT",
              "less or equal is less",
              planning(
                  "binary", a -> a[0] = a[0] == BinaryOp.LESS_OR_EQUAL ? BinaryOp.LESS : a[0])),
          mistake(
              "HALVES_ROUND_UP",
              "halves are rounded up",
              planning("unary", a -> a[0] = a[0] == UnaryOp.ROUND ? UnaryOp.FLOOR : a[0])),
          mistake(
              "NAN_IS_FALSE",
              "a NaN counts as 0 for NOT",
              running(
                  "unary",
                  "forward",
                  (plan, a, right) -> {
                    a[0] = Values.changed((Tensor) a[0], x -> Double.isNaN(x) ? 0 : x);
                    right.run();
                  })),
          mistake(
              "CLIP_SLOPE_BEYOND",
              "a limit's slope is 1 everywhere",
              running(
                  "clip", "backward", (plan, a, right) -> ((Tensor) a[2]).copyFrom((Tensor) a[1]))),
          mistake(
              "WHERE_TURNED_ROUND",
              "a gradient goes to the other side where the condition is negative",
              running(
                  "where",
                  "backward",
                  (plan, a, right) -> {
                    a[0] = Values.changed((Tensor) a[0], x -> Math.max(x, 0));
                    right.run();
                  })),
          mistake(
              "MEAN_IS_SUM",
              "a mean is not divided",
              planning("reduce", a -> a[0] = a[0] == ReduceOp.MEAN ? ReduceOp.SUM : a[0])),
          mistake(
              "ROOT_FORGOTTEN",
              "the L2 norm is a sum of squares",
              planning("reduce", a -> a[0] = a[0] == ReduceOp.L2 ? ReduceOp.SUM_OF_SQUARES : a[0])),
          mistake(
              "AXIS_BEFORE",
              "a sum goes on along the axis before",
              planning("cumulativeSum", a -> a[1] = before((Shape) a[0], (int) a[1]))),
          mistake(
              "LAST_OF_EQUALS",
              "the last of equals",
              planning("arg.*", a -> a[2] = !(boolean) a[2])),
          mistake(
              "LEAST_FOR_GREATEST", "the k least", planning("topK", a -> a[3] = !(boolean) a[3])),
          mistake(
              "NAN_IS_LEAST",
              "NaN counts as less than all",
              running(
                  "topK|argMax",
                  "forward|run",
                  (plan, a, right) -> {
                    a[0] =
                        Values.changed(
                            (Tensor) a[0], x -> Double.isNaN(x) ? Double.NEGATIVE_INFINITY : x);
                    right.run();
                  })),
          mistake(
              "EXCLUSIVE_IGNORED",
              "a sum that goes on holds its own element",
              planning("cumulativeSum", a -> a[2] = false)),
          mistake(
              "REVERSED_BACKWARD",
              "the gradient of a sum that goes on goes on forwards",
              running(
                  "cumulativeSum",
                  "backward",
                  (plan, a, right) -> {
                    right.run();
                    Tensor dx = (Tensor) a[1];
                    Values.change(dx, Values.turned(dx), (own, other) -> other);
                  })),
          mistake(
              "FIRST_MATRIX_FOR_ALL",
              "all products have the first right matrix",
              running(
                  "matMul", "forward", (plan, a, right) -> firstMatrix((MatMul) plan, a, right))));

  private ElementMistakes() {}

  private static void rotated(Binary plan, Object[] a, Runnable right) {
    int at = plan.a().size() < plan.y().size() ? 0 : 1;
    Tensor operand = (Tensor) a[at];
    if (operand.size() > 1 && operand.size() < plan.y().size()) {
      Tensor later = operand.copy();
      int n = later.size();
      System.arraycopy(operand.array(), operand.offset() + 1, later.array(), 0, n - 1);
      a[at] = later;
    }
    right.run();
  }

  private static void mean(Binary plan, Object[] a, Runnable right) {
    right.run();
    double terms = plan.y().size() / (double) plan.b().size();
    Values.change((Tensor) a[5], db -> db / terms);
  }

  private static void ties(Binary plan, Object[] a, Runnable right) {
    right.run();
    if (plan.a().equals(plan.b())) {
      Tensor same = Values.changed((Tensor) a[0], x -> x);
      Values.change(same, (Tensor) a[1], (x, y) -> x == y ? 2 : 1);
      Values.change((Tensor) a[4], same, (da, factor) -> da * factor);
    }
  }

  private static int before(Shape x, int axis) {
    return Math.floorMod(axis - 1, x.rank());
  }

  private static void firstMatrix(MatMul plan, Object[] a, Runnable right) {
    Tensor b = (Tensor) a[1];
    int matrix = b.size() / Math.max(1, plan.b().rank() > 2 ? plan.b().dim(0) : 1);
    Tensor first = b.copy();
    for (int i = 0; i < first.size(); i++) {
      first.array()[i] = b.array()[b.offset() + i % matrix];
    }
    a[1] = first;
    right.run();
  }
}
