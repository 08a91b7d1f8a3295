package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.dropout.RandomFill;
import io.lanewise.kernels.memory.WorkspaceSpec;
import java.util.List;
import java.util.function.Function;

/** Runs of dropout and of random numbers. */
final class DropoutFamily {
  static final Family FAMILY =
      new Family("dropout")
          .addImages(
              "elements",
              2,
              5,
              (b, d) -> dropout(b, d, a -> a.dropout(d.shape(), d.layout(), rate(d))))
          .linear()
          .addImages(
              "spatial",
              2,
              5,
              (b, d) -> dropout(b, d, a -> a.spatialDropout(d.shape(), d.layout(), rate(d))))
          .linear()
          .addImages(
              "alpha",
              2,
              5,
              (b, d) -> dropout(b, d, a -> a.alphaDropout(d.shape(), d.layout(), rate(d))))
          .addImages("random", 2, 5, DropoutFamily::random);

  private DropoutFamily() {}

  private static double rate(Draw d) {
    return d.pick(0.0, 0.1, 0.5, 0.9);
  }

  /** A rounding of the scale, one of the product, of alpha dropout one of the shift and the sum. */
  private static List<Call> dropout(Backend backend, Draw d, Function<Dropouts, Dropout> planned) {
    Dropout plan = planned.apply(backend.dropouts());
    long seed = d.between(0, 1000);
    long step = d.between(0, 1000);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], seed, step, t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], seed, step, t[1], par);
    return Draw.calls(
        new Call("dropout forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(d.shape(), d.layout()))
            .writes("y", like(d.shape(), d.layout()), roundings(4, 20))
            .maybe("y", "x"),
        new Call("dropout backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(d.shape(), d.layout()))
            .writes("dx", like(d.shape(), d.layout()), roundings(4, 20))
            .maybe("dx", "dy"));
  }

  /** Normal numbers lie within 7 deviations and take some 8 roundings each. */
  private static List<Call> random(Backend backend, Draw d) {
    RandomFill plan = backend.dropouts().randomFill();
    long seed = d.between(0, 1000);
    long step = d.between(0, 1000);
    boolean normal = d.either();
    Call.Binding run =
        normal
            ? t -> (ws, par) -> plan.normal(0.5f, 2, seed, step, t[0], par)
            : t -> (ws, par) -> plan.uniform(-1, 3, seed, step, t[0], par);
    return Draw.calls(
        new Call(normal ? "normal" : "uniform", WorkspaceSpec.NONE, run)
            .writes("y", like(d.shape(), d.layout()), roundings(8, 15))
            .anyShape());
  }
}
