package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.dot;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceTransposedConv;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.TransposedConvSubject;
import java.util.List;
import java.util.function.Function;

/**
 * Laws of transposed convolutions and their gradients, for every algorithm that a backend lists
 * which does not transform first.
 */
public final class TransposedConvLaws {
  private static final ConvOptions STRICT = ConvOptions.DEFAULT.strict();
  private static final String GUIDE =
      "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, §4";
  private static final String HIGHAM =
      "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.1";

  /** All of them. */
  public static final List<Law<TransposedConvShape>> ALL =
      List.of(
          law(
              "exact-forward",
              "y(x, w) = Σ over the inputs and taps that reach it, exactly, for whole numbers",
              "definition: TransposedConvShape; " + GUIDE,
              TransposedConvLaws::exactForward),
          law(
              "epilogue",
              "y with bias, residual and limits is max(min, min(y + b + r, max)), exactly, for whole"
                  + " numbers",
              "definition: Epilogue",
              TransposedConvLaws::epilogue),
          law(
              "bounded-forward",
              "|y(x, w) + b - Σ| <= (k + 3)·u·(Σ|x·w| + |b|)",
              HIGHAM,
              TransposedConvLaws::boundedForward),
          law(
              "exact-input-gradient",
              "dx(dy, w) = Σ over the taps and the outputs that they reach, exactly, for whole"
                  + " numbers",
              "definition: TransposedConvShape; " + GUIDE,
              TransposedConvLaws::exactInputGradient),
          law(
              "gradients-add",
              "dw' = dw + Σ x·dy and db' = db + Σ dy, exactly, for whole numbers",
              "definition: TransposedConvBackwardWeights",
              TransposedConvLaws::gradientsAdd),
          law(
              "bounded-bias-gradient",
              "|db' - Σ| <= (k + 2)·u·(|db| + Σ|dy|)",
              HIGHAM,
              TransposedConvLaws::boundedBiasGradient),
          law(
              "adjoint",
              "(y(x, w), dy) = (x, dx(dy, w)) = (w, dw(x, dy)), exactly, for whole numbers",
              GUIDE + ": the transposed matrix, and one trilinear form",
              TransposedConvLaws::adjoint),
          law(
              "convolution",
              "y(x, w) is the input gradient of the convolution that is its transpose, exactly,"
                  + " for whole numbers",
              GUIDE + ".2",
              TransposedConvLaws::convolution),
          law(
              "bits",
              "y, dx, dw and db have the same bits on 1, 2 and 3 workers, again, and with weights"
                  + " packed again",
              "definition: Parallel, PackedWeights",
              TransposedConvLaws::bits));

  private TransposedConvLaws() {}

  private static Law<TransposedConvShape> law(
      String name, String formula, String source, Law.Statement<TransposedConvShape> statement) {
    return new Law<>(
        "conv-transposed." + name, TransposedConvSubject.INSTANCE, formula, source, statement);
  }

  private static List<TransposedConvForward> forwards(Backend backend, TransposedConvShape s) {
    return plain(backend.transposedConvForwardPlans(s, STRICT), TransposedConvForward::algorithm);
  }

  private static List<TransposedConvBackwardData> datas(Backend backend, TransposedConvShape s) {
    return plain(
        backend.transposedConvBackwardDataPlans(s, STRICT), TransposedConvBackwardData::algorithm);
  }

  private static List<TransposedConvBackwardWeights> weights(
      Backend backend, TransposedConvShape s) {
    return plain(
        backend.transposedConvBackwardWeightsPlans(s, STRICT),
        TransposedConvBackwardWeights::algorithm);
  }

  private static <P> List<P> plain(List<P> plans, Function<P, String> algorithm) {
    return plans.stream().filter(p -> ErrorConstants.KNOWN.isPlainSum(algorithm.apply(p))).toList();
  }

  private static void exactForward(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor want = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, null, want);
    requireAlive(trial, s, want);
    for (TransposedConvForward plan : forwards(backend, s)) {
      trial.equal(plan.algorithm() + " y(x, w)", want, run(plan, x, w, Epilogue.none()));
    }
  }

  private static void epilogue(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor b = trial.integers(s.bias());
    Tensor sums = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, b, sums);
    requireAlive(trial, s, sums);
    Tensor r = trial.integers(s.y());
    Tensor limited = Elements.plus(sums, r);
    for (int i = 0; i < limited.size(); i++) {
      limited.array()[i] = Math.clamp(limited.array()[i], -7f, 4f);
    }
    for (TransposedConvForward plan : forwards(backend, s)) {
      trial.equal(plan.algorithm() + " with b", sums, run(plan, x, w, Epilogue.bias(b)));
      Epilogue all = Epilogue.bias(b).add(r).clamp(-7f, 4f);
      trial.equal(plan.algorithm() + " with b, r and limits", limited, run(plan, x, w, all));
    }
  }

  private static void boundedForward(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor w = trial.wideRange(s.w());
    Tensor b = trial.wideRange(s.bias());
    Tensor want = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, b, want);
    requireAlive(trial, s, want);
    Tensor magnitudes = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(
        s, Bounds.magnitude(x), Bounds.magnitude(w), Bounds.magnitude(b), magnitudes);
    double[] bounds = Bounds.ofSum((long) s.icg() * s.area() + 1, magnitudes, 1);
    for (TransposedConvForward plan : forwards(backend, s)) {
      trial.within(plan.algorithm(), want, run(plan, x, w, Epilogue.bias(b)), bounds);
    }
  }

  private static void exactInputGradient(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor dy = trial.integers(s.y());
    Tensor w = trial.integers(s.w());
    Tensor want = Tensor.zeros(s.x());
    ReferenceTransposedConv.backwardData(s, dy, w, want);
    requireAlive(trial, s, want);
    for (TransposedConvBackwardData plan : datas(backend, s)) {
      trial.equal(plan.algorithm() + " dx(dy, w)", want, run(plan, dy, w));
    }
  }

  private static void gradientsAdd(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor dy = trial.integers(s.y());
    Tensor dw = trial.integers(s.w());
    Tensor db = trial.integers(s.bias());
    Tensor wantW = dw.copy();
    Tensor wantB = db.copy();
    ReferenceTransposedConv.backwardWeights(s, x, dy, wantW, wantB);
    requireAlive(trial, s, wantW);
    for (TransposedConvBackwardWeights plan : weights(backend, s)) {
      Tensor gotW = dw.copy();
      Tensor gotB = db.copy();
      run(plan, x, dy, gotW, gotB, Parallel.SEQUENTIAL);
      trial.equal(plan.algorithm() + " dw", wantW, gotW);
      trial.equal(plan.algorithm() + " db", wantB, gotB);
    }
  }

  private static void boundedBiasGradient(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor dy = trial.wideRange(s.y());
    Tensor db = trial.wideRange(s.bias());
    Tensor want = db.copy();
    ReferenceTransposedConv.backwardWeights(s, x, dy, Tensor.zeros(s.w()), want);
    Tensor magnitudes = Bounds.magnitude(db);
    ReferenceTransposedConv.backwardWeights(
        s, x, Bounds.magnitude(dy), Tensor.zeros(s.w()), magnitudes);
    double[] bounds = Bounds.ofSum((long) s.n() * s.yPixels() + s.n(), magnitudes, 1);
    for (TransposedConvBackwardWeights plan : weights(backend, s)) {
      Tensor got = db.copy();
      run(plan, x, dy, Tensor.zeros(s.w()), got, Parallel.SEQUENTIAL);
      trial.within(plan.algorithm() + " db", want, got, bounds);
    }
  }

  private static void adjoint(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor dy = trial.integers(s.y());
    Tensor y = run(forwards(backend, s).getFirst(), x, w, Epilogue.none());
    requireAlive(trial, s, y);
    double form = dot(y, dy);
    for (TransposedConvBackwardData plan : datas(backend, s)) {
      trial.within(plan.algorithm() + " (x, dx)", form, dot(x, run(plan, dy, w)), 0);
    }
    for (TransposedConvBackwardWeights plan : weights(backend, s)) {
      Tensor dw = Tensor.zeros(s.w());
      run(plan, x, dy, dw, null, Parallel.SEQUENTIAL);
      trial.within(plan.algorithm() + " (w, dw)", form, dot(w, dw), 0);
    }
  }

  private static void convolution(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor want = ConvPass.INPUT_GRADIENT.exact(backend, s.conv(), x, w);
    requireAlive(trial, s, want);
    for (TransposedConvForward plan : forwards(backend, s)) {
      trial.equal(plan.algorithm() + " y(x, w)", want, run(plan, x, w, Epilogue.none()));
    }
  }

  private static void bits(Backend backend, TransposedConvShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor w = trial.floats(s.w());
    Tensor dy = trial.floats(s.y());
    Epilogue epilogue = Epilogue.bias(trial.floats(s.bias())).relu();
    List<Parallel> teams = List.of(trial.team(), new ShuffledWorkers(trial.random()));
    for (TransposedConvForward plan : forwards(backend, s)) {
      Tensor want = run(plan, x, w, epilogue);
      PackedWeights packed = plan.pack(trial.floats(s.w()));
      plan.pack(w, packed);
      for (Parallel par : teams) {
        trial.sameBits(plan.algorithm() + " y", want, run(plan, x, packed, epilogue, par));
      }
    }
    for (TransposedConvBackwardData plan : datas(backend, s)) {
      Tensor want = run(plan, dy, w);
      PackedWeights packed = plan.pack(trial.floats(s.w()));
      plan.pack(w, packed);
      for (Parallel par : teams) {
        trial.sameBits(plan.algorithm() + " dx", want, run(plan, dy, packed, par));
      }
    }
    for (TransposedConvBackwardWeights plan : weights(backend, s)) {
      Tensor dw = Tensor.zeros(s.w());
      Tensor db = Tensor.zeros(s.bias());
      run(plan, x, dy, dw, db, Parallel.SEQUENTIAL);
      for (Parallel par : teams) {
        Tensor gotW = Tensor.zeros(s.w());
        Tensor gotB = Tensor.zeros(s.bias());
        run(plan, x, dy, gotW, gotB, par);
        trial.sameBits(plan.algorithm() + " dw", dw, gotW);
        trial.sameBits(plan.algorithm() + " db", db, gotB);
      }
    }
  }

  /** A weight gradient of no images is all zeros. */
  private static void requireAlive(Trial trial, TransposedConvShape s, Tensor result) {
    ConvLaws.requireAlive(trial, s.conv(), result);
  }

  private static Tensor run(TransposedConvForward plan, Tensor x, Tensor w, Epilogue epilogue) {
    return run(plan, x, plan.pack(w), epilogue, Parallel.SEQUENTIAL);
  }

  private static Tensor run(
      TransposedConvForward plan, Tensor x, PackedWeights w, Epilogue epilogue, Parallel par) {
    Tensor y = Tensor.zeros(plan.shape().y()).fill(Float.NaN);
    plan.run(x, w, epilogue, y, Workspace.allocate(plan.workspace(), par.workers()), par);
    return y;
  }

  private static Tensor run(TransposedConvBackwardData plan, Tensor dy, Tensor w) {
    return run(plan, dy, plan.pack(w), Parallel.SEQUENTIAL);
  }

  private static Tensor run(
      TransposedConvBackwardData plan, Tensor dy, PackedWeights w, Parallel par) {
    Tensor dx = Tensor.zeros(plan.shape().x()).fill(Float.NaN);
    plan.run(dy, w, dx, Workspace.allocate(plan.workspace(), par.workers()), par);
    return dx;
  }

  private static void run(
      TransposedConvBackwardWeights plan, Tensor x, Tensor dy, Tensor dw, Tensor db, Parallel par) {
    plan.run(x, dy, dw, db, Workspace.allocate(plan.workspace(), par.workers()), par);
  }
}
