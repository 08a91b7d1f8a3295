package io.lanewise.layers.graph.passes;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Node;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ops.ActivationOperator;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.UnaryOperator;
import java.util.List;
import java.util.Optional;

/**
 * Activations that exporters write as several operations: {@code x · sigmoid(x)}, {@code x · clip(x
 * + 3, 0, 6) / 6}, {@code x · tanh(softplus(x))}, {@code x · (1 + erf(x / sqrt 2)) / 2}. What lies
 * in between must not be used elsewhere, or nothing would be saved.
 */
final class RecogniseCurves implements Pass {
  private static final double ROOT = Math.sqrt(2);
  private static final double TOLERANCE = 1e-5; // of constants, which are float32 in files

  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = 0; i < r.size(); i++) {
      Node n = r.node(i);
      Optional<Curve> curve = new Matcher(r).curve(n);
      if (curve.isPresent() && curve.get().x().shape().equals(n.outputs().get(0).shape())) {
        r.replace(i, with(n, curve.get()));
      }
    }
    return r.graph();
  }

  /** An activation of a value. */
  private record Curve(Activation activation, Value x) {}

  private static Node with(Node n, Curve c) {
    return new Node(n.name(), GraphOps.activation(c.activation()), List.of(c.x()), n.outputs());
  }

  /** Looks backwards from a node. */
  private record Matcher(Rewriter r) {
    Optional<Curve> curve(Node n) {
      Value part = scaled(n, 1.0 / 6);
      if (part != null && inner(part) != null) {
        Optional<Curve> c = times(inner(part), this::sixth);
        if (c.isPresent()) {
          return c.map(found -> new Curve(Activation.hardSwish(), found.x()));
        }
      }
      Value half = scaled(n, 0.5);
      if (half != null && inner(half) != null) {
        Optional<Curve> c = times(inner(half), this::erf);
        if (c.isPresent()) {
          return c.map(found -> new Curve(Activation.gelu(), found.x()));
        }
      }
      Optional<Curve> halves = halfTimes(n);
      return halves.isPresent() ? halves : times(n, this::gate);
    }

    /** What a value is as a function of x; null if it is none that is known. */
    private interface Gate {
      Activation of(Value v, Value x);
    }

    /** x times a gate of x. */
    private Optional<Curve> times(Node n, Gate gate) {
      for (int k = 0; is(n, BinaryOp.MUL) && k < 2; k++) {
        Value x = n.inputs().get(k);
        Activation found = gate.of(n.inputs().get(1 - k), x);
        if (found != null) {
          return Optional.of(new Curve(found, x));
        }
      }
      return Optional.empty();
    }

    /** {@code (x / 2) · (1 + erf(x / sqrt 2))}. */
    private Optional<Curve> halfTimes(Node n) {
      for (int k = 0; is(n, BinaryOp.MUL) && k < 2; k++) {
        Node half = inner(n.inputs().get(k));
        Value x = half == null ? null : scaled(half, 0.5);
        if (x != null && erf(n.inputs().get(1 - k), x) != null) {
          return Optional.of(new Curve(Activation.gelu(), x));
        }
      }
      return Optional.empty();
    }

    private Activation gate(Value v, Value x) {
      Node g = inner(v);
      if (g == null) {
        return null;
      }
      if (g.op() instanceof ActivationOperator a) {
        return activation(g, a.activation(), x);
      }
      Value six = scaled(g, 1.0 / 6);
      if (six != null && sixth(six, x) != null) {
        return Activation.hardSwish();
      }
      Value half = scaled(g, 0.5);
      return half != null && erf(half, x) != null ? Activation.gelu() : null;
    }

    private Activation activation(Node g, Activation a, Value x) {
      Value in = g.inputs().get(0);
      boolean direct = in.equals(x);
      return switch (a.kind()) {
        case SIGMOID -> direct ? Activation.silu() : null;
        case HARD_SIGMOID ->
            direct && near(a.first(), 1.0 / 6) && near(a.second(), 0.5)
                ? Activation.hardSwish()
                : null;
        case TANH -> isSoftplus(inner(in), x) ? Activation.mish() : null;
        default -> null;
      };
    }

    private static boolean isSoftplus(Node n, Value x) {
      return n != null
          && n.inputs().get(0).equals(x)
          && n.op() instanceof ActivationOperator a
          && a.activation().kind() == Activation.Kind.SOFTPLUS
          && a.activation().first() == 1;
    }

    /** {@code clip(x + 3, 0, 6)}, which hard-swish has a sixth of. */
    private Activation sixth(Value v, Value x) {
      Node clip = inner(v);
      if (clip == null || !isClip(clip)) {
        return null;
      }
      Node sum = inner(clip.inputs().get(0));
      return sum != null && x.equals(plus(sum, 3)) ? Activation.hardSwish() : null;
    }

    private static boolean isClip(Node n) {
      if (n.op() instanceof UnaryOperator u) {
        return u.op() == null && u.min() == 0 && u.max() == 6;
      }
      return n.op() instanceof ActivationOperator a
          && a.activation().equals(Activation.clamp(0, 6));
    }

    /** {@code 1 + erf(x / sqrt 2)}. */
    private Activation erf(Value v, Value x) {
      Node sum = inner(v);
      Value e = sum == null ? null : plus(sum, 1);
      Node erf = e == null ? null : inner(e);
      boolean isErf = erf != null && erf.op() instanceof UnaryOperator u && u.op() == UnaryOp.ERF;
      Node scale = isErf ? inner(erf.inputs().get(0)) : null;
      return scale != null && x.equals(scaled(scale, 1 / ROOT)) ? Activation.gelu() : null;
    }

    /** The node that makes a value which nobody else uses; null if there is none. */
    private Node inner(Value v) {
      return r.producer(v) >= 0 && r.isUsedOnce(v) ? r.node(r.producer(v)) : null;
    }

    private static boolean is(Node n, BinaryOp op) {
      return n != null
          && n.op() instanceof BinaryOperator b
          && b.op() == op
          && b.activation().kind() == Activation.Kind.IDENTITY;
    }

    /** What n multiplies by a factor, or divides by its reciprocal; null if it does not. */
    private static Value scaled(Node n, double factor) {
      if (is(n, BinaryOp.DIV) && near(number(n, 1), 1 / factor)) {
        return n.inputs().get(0);
      }
      return is(n, BinaryOp.MUL) ? other(n, factor) : null;
    }

    /** What n adds a number to; null if it does not. */
    private static Value plus(Node n, double summand) {
      return is(n, BinaryOp.ADD) ? other(n, summand) : null;
    }

    private static Value other(Node n, double number) {
      for (int k = 0; k < 2; k++) {
        boolean keepsShape = n.inputs().get(1 - k).shape().equals(n.outputs().get(0).shape());
        if (keepsShape && near(number(n, k), number)) {
          return n.inputs().get(1 - k);
        }
      }
      return null;
    }

    /** An input that is a constant of one element; NaN if it is none. */
    private static double number(Node n, int input) {
      Value v = n.inputs().get(input);
      return v.isConstant() && v.type().isFloat() && v.shape().size() == 1
          ? v.typed().doubleAt(0)
          : Double.NaN;
    }

    private static boolean near(double a, double b) {
      return Math.abs(a - b) <= TOLERANCE * Math.abs(b);
    }
  }
}
