package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Einsum of two operands as a product of matrices: letters in both and in the result count batches,
 * those in both alone are summed over, the others are rows and columns. Everything else (one
 * operand, diagonals, ellipses, a letter of one operand that is summed) is the host op's.
 */
final class EinsumLowering {
  private EinsumLowering() {}

  static List<Value> lower(LoweringCall call) {
    String equation = call.node().textOr("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    int comma = equation.indexOf(',');
    if (call.inputs() != 2 || arrow < 0 || comma < 0 || comma > arrow || equation.contains(".")) {
      return LoweringCall.DECLINED;
    }
    String a = equation.substring(0, comma);
    String b = equation.substring(comma + 1, arrow);
    String y = equation.substring(arrow + 2);
    return isProduct(call, a, b, y) ? product(call, a, b, y) : LoweringCall.DECLINED;
  }

  private static boolean isProduct(LoweringCall call, String a, String b, String y) {
    boolean ranks = a.length() == call.rank(0) && b.length() == call.rank(1);
    boolean once = isOnce(a) && isOnce(b) && isOnce(y);
    boolean kept =
        only(a, b).chars().allMatch(c -> y.indexOf(c) >= 0)
            && only(b, a).chars().allMatch(c -> y.indexOf(c) >= 0)
            && y.chars().allMatch(c -> a.indexOf(c) >= 0 || b.indexOf(c) >= 0);
    boolean filled = call.shape(0).size() > 0 && call.shape(1).size() > 0;
    return ranks && once && kept && filled && sizesAgree(call, a, b);
  }

  private static boolean isOnce(String letters) {
    return letters.chars().distinct().count() == letters.length();
  }

  private static boolean sizesAgree(LoweringCall call, String a, String b) {
    for (int i = 0; i < a.length(); i++) {
      int j = b.indexOf(a.charAt(i));
      if (j >= 0 && call.shape(0).dim(i) != call.shape(1).dim(j)) {
        return false;
      }
    }
    return true;
  }

  /** Letters of {@code a} that {@code b} does not have. */
  private static String only(String a, String b) {
    return letters(a, c -> b.indexOf(c) < 0);
  }

  private static String letters(String of, IntPredicate which) {
    return of.chars().filter(which).mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static List<Value> product(LoweringCall call, String a, String b, String y) {
    String batch = letters(a, c -> b.indexOf(c) >= 0 && y.indexOf(c) >= 0);
    String summed = letters(a, c -> b.indexOf(c) >= 0 && y.indexOf(c) < 0);
    String rows = only(a, b);
    String columns = only(b, a);
    int n = size(call, a, b, batch);
    int m = size(call, a, b, rows);
    int k = size(call, a, b, summed);
    int p = size(call, a, b, columns);
    Value left = ordered(call, call.input(0), a, batch + rows + summed, Shape.of(n, m, k));
    Value right = ordered(call, call.input(1), b, batch + summed + columns, Shape.of(n, k, p));
    Value product = call.add(GraphOps.matMul(), left, right);
    String made = batch + rows + columns;
    int[] dims = made.chars().map(c -> size(call, a, b, Character.toString(c))).toArray();
    Value spread = call.add(GraphOps.reshape(Shape.of(dims)), product);
    return List.of(transposed(call, spread, made, y));
  }

  private static int size(LoweringCall call, String a, String b, String letters) {
    long size = 1;
    for (int l = 0; l < letters.length(); l++) {
      char c = letters.charAt(l);
      int i = a.indexOf(c);
      size *= i >= 0 ? call.shape(0).dim(i) : call.shape(1).dim(b.indexOf(c));
    }
    return Math.toIntExact(size);
  }

  private static Value ordered(
      LoweringCall call, Value v, String letters, String wanted, Shape matrices) {
    return call.add(GraphOps.reshape(matrices), transposed(call, v, letters, wanted));
  }

  private static Value transposed(LoweringCall call, Value v, String letters, String wanted) {
    return letters.equals(wanted)
        ? v
        : call.add(GraphOps.transpose(wanted.chars().map(letters::indexOf).toArray()), v);
  }
}
