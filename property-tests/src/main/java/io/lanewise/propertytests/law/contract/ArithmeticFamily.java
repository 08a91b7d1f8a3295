package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.relative;
import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.arithmetic.Where;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs of functions of one and two tensors, of matrix products, and of what reduces axes. */
final class ArithmeticFamily {
  static final Family FAMILY =
      ReductionRuns.addTo(
          new Family("arithmetic")
              .add("binary", 0, 5, (b, d) -> binary(b, d, true))
              .add("compare", 0, 5, (b, d) -> binary(b, d, false))
              .add("unary", 0, 5, ArithmeticFamily::unary)
              .add("clip", 0, 5, ArithmeticFamily::clip)
              .add("where", 1, 5, ArithmeticFamily::where)
              .add("matmul", 1, 5, ArithmeticFamily::matMul));

  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  private ArithmeticFamily() {}

  /** The last axes of x, some of which are 1. */
  private static Shape other(Draw d) {
    int[] all = d.shape().toArray();
    int from = d.between(0, all.length);
    int[] dims = new int[all.length - from];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = d.between(0, 2) == 0 ? 1 : all[from + i];
    }
    return Shape.of(dims);
  }

  private static Tensor operand(Draw d, BinaryOp op, Shape s, boolean right) {
    return switch (op) {
      case ADD, SUB, MUL -> d.of(s);
      case DIV, FMOD, MOD -> d.apartFromZero(s, FIRST);
      case POW -> right ? d.of(s) : d.inside(s, FIRST, 0.25, 1.25);
      default -> d.coarse(s, FIRST);
    };
  }

  /**
   * One rounding, but a power's two ulp. Of gradients, a term takes at most 16 roundings and is at
   * most 32: a quotient's -a/b², a power's b · a^(b - 1).
   */
  private static List<Call> binary(Backend backend, Draw d, boolean gradient) {
    BinaryOp op =
        d.pick(
            Stream.of(BinaryOp.values())
                .filter(o -> o.hasGradient() == gradient)
                .toArray(BinaryOp[]::new));
    Shape b = other(d);
    boolean turned = d.either();
    Shape left = turned ? b : d.shape();
    Shape right = turned ? d.shape() : b;
    Binary plan = backend.arithmetic().binary(op, left, right);
    Tensor first = operand(d, op, left, false);
    Tensor second = operand(d, op, right, true);
    List<Call> calls = new ArrayList<>();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call run =
        new Call(op + " forward", plan.workspace(), forward)
            .reads("a", first)
            .reads("b", second)
            .writes("y", like(plan.y()), op == BinaryOp.POW ? relative(6) : Bound.EXACT);
    same(run, "a", left, plan.y());
    same(run, "b", right, plan.y());
    calls.add(run);
    if (op.hasGradient()) {
      double terms = plan.y().size();
      Call.Binding backward =
          t -> (ws, par) -> plan.backward(t[0], t[1], null, t[2], t[3], t[4], ws, par);
      double ofLeft = terms / left.size();
      double ofRight = terms / right.size();
      calls.add(
          new Call(op + " backward", plan.workspace(), backward)
              .reads("a", first)
              .reads("b", second)
              .reads("dy", d.of(plan.y()))
              .writes("da", like(left), roundings(ofLeft + 16, 32 * ofLeft))
              .writes("db", like(right), roundings(ofRight + 16, 32 * ofRight))
              .apart("da", "a", "b", "dy", "db")
              .apart("db", "a", "b", "dy"));
    }
    return calls;
  }

  private static void same(Call run, String name, Shape s, Shape y) {
    if (s.equals(y)) {
      run.maybe("y", name);
    } else if (s.size() != y.size()) {
      run.apart("y", name);
    }
  }

  private static Tensor operand(Draw d, UnaryOp op, Shape s) {
    return switch (op) {
      case SQRT, RSQRT, LOG -> d.inside(s, FIRST, 0.25, 4);
      case RECIPROCAL -> d.apartFromZero(s, FIRST);
      case FLOOR, CEIL, ROUND, SIGN, NOT -> d.coarse(s, FIRST);
      default -> d.of(s);
    };
  }

  /** Two ulp and the reference's rounding; slopes are made of such functions. */
  private static List<Call> unary(Backend backend, Draw d) {
    UnaryOp op = d.pick(UnaryOp.values());
    Unary plan = backend.arithmetic().unary(op);
    Bound bound =
        switch (op) {
          case RSQRT -> relative(4);
          case EXP, LOG, SIN, COS, ERF -> relative(6);
          default -> Bound.EXACT;
        };
    return calls(plan, op.toString(), operand(d, op, d.shape()), op.hasGradient(), bound, d);
  }

  private static List<Call> clip(Backend backend, Draw d) {
    float min = d.pick(-0.75f, -0.25f, 0f);
    Unary plan = backend.arithmetic().clip(min, min + d.pick(0.25f, 0.5f));
    return calls(plan, "clip", d.coarse(d.shape(), FIRST), true, Bound.EXACT, d);
  }

  private static List<Call> calls(
      Unary plan, String name, Tensor x, boolean slope, Bound bound, Draw d) {
    List<Call> calls = new ArrayList<>();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], par);
    calls.add(
        new Call(name + " forward", WorkspaceSpec.NONE, forward)
            .reads("x", x)
            .writes("y", x, bound)
            .maybe("y", "x"));
    if (slope) {
      Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], par);
      calls.add(
          new Call(name + " backward", WorkspaceSpec.NONE, backward)
              .reads("x", x)
              .reads("dy", d.of(x.shape()))
              .writes("dx", x, relative(16)));
    }
    return calls;
  }

  private static List<Call> where(Backend backend, Draw d) {
    Shape b = other(d);
    Shape condition = d.either() ? d.shape() : Shape.of(d.shape().dim(-1));
    Where plan = backend.arithmetic().where(condition, d.shape(), b);
    Tensor c = d.coarse(condition, FIRST);
    double terms = plan.y().size() / (double) b.size();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], t[3], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], ws, par);
    return Draw.calls(
        new Call("where forward", plan.workspace(), forward)
            .reads("condition", c)
            .reads("a", d.of(d.shape()))
            .reads("b", d.of(b))
            .writes("y", like(plan.y()), Bound.EXACT)
            .maybe("y", "a"),
        new Call("where backward", plan.workspace(), backward)
            .reads("condition", c)
            .reads("dy", d.of(plan.y()))
            .writes("da", like(d.shape()), Bound.EXACT)
            .writes("db", like(b), roundings(terms + 2, terms))
            .apart("da", "condition", "dy", "db")
            .apart("db", "condition", "dy"));
  }

  /** Vectors, matrices, several of them; the right one's are one for all or as many. */
  private static List<Call> matMul(Backend backend, Draw d) {
    Shape a = d.shape();
    int k = a.dim(-1);
    int n = d.between(1, 19);
    Shape b = a.rank() < 3 || d.either() ? Shape.of(k, n) : Shape.of(a.dim(-3), k, n);
    MatMul plan = backend.arithmetic().matMul(a, d.between(0, 4) == 0 ? Shape.of(k) : b);
    Tensor left = d.of(plan.a());
    Tensor right = d.of(plan.b());
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], t[4], ws, par);
    double columns = n;
    double rows = a.size() / (double) k;
    return Draw.calls(
        new Call("matmul forward", plan.workspace(), forward)
            .reads("a", left)
            .reads("b", right)
            .writes("y", like(plan.y()), roundings(k + 2, k))
            .apart("y", "a", "b"),
        new Call("matmul backward", plan.workspace(), backward)
            .reads("a", left)
            .reads("b", right)
            .reads("dy", d.of(plan.y()))
            .writes("da", like(plan.a()), roundings(columns + 2, columns))
            .writes("db", like(plan.b()), roundings(rows + 2, rows))
            .apart("da", "a", "b", "dy", "db")
            .apart("db", "a", "b", "dy"));
  }
}
