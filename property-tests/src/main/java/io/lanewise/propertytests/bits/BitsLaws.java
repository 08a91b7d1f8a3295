package io.lanewise.propertytests.bits;

import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Laws about JVMs: whatever flags a JVM starts with, on however many threads and whether compiled
 * or not, the results have the bits that a JVM without flags computes cold on one thread. A case is
 * an operation with all its fixed shapes; each law starts one JVM, which runs them all.
 *
 * <p>Another JVM cannot be handed an object, so these laws are made for a backend's name; the
 * backend that they are checked on must be the one of that name. Not for concurrent use.
 */
public final class BitsLaws {
  private static final String SOURCE =
      "each output is one chain of fused multiply-adds, in an order that the shape alone decides:"
          + " docs/adr/0003-the-same-bits.md; IEEE 754-2019, §5.4.1";

  private final BackendName backend;
  private final List<String> ops;
  private final Map<String, FutureTask<Fingerprint>> known = new HashMap<>();

  /** Laws whose JVMs run only some operations: quicker where the others are not asked about. */
  BitsLaws(BackendName backend, List<String> ops) {
    this.backend = backend;
    this.ops = List.copyOf(ops);
  }

  /** The laws for a backend, one for each way to start a JVM. */
  public static List<Law<String>> of(BackendName backend) {
    return new BitsLaws(backend, BitCases.OPS).all();
  }

  /** One for each way to start a JVM; they share what the JVMs printed. */
  List<Law<String>> all() {
    return Setting.ALL.stream().map(this::law).toList();
  }

  private Law<String> law(Setting setting) {
    String formula =
        setting.equals(Setting.PLAIN)
            ? "f(x) has the same bits on 1, 2 and 3 threads, cold and compiled"
            : "f(x) has the same bits with " + setting.typed() + " (" + setting.meaning() + ")";
    return new Law<>(
        "bits." + setting.name(),
        BitsSubject.INSTANCE,
        formula,
        SOURCE,
        (b, op, trial) -> check(setting, op, trial));
  }

  private void check(Setting setting, String op, Trial trial) {
    setting
        .skipped()
        .ifPresent(
            why -> {
              throw new UnsupportedOperationException(why);
            });
    Fingerprint want = fingerprint(Setting.PLAIN, op);
    Fingerprint got = fingerprint(setting, op);
    if (want.fma() != got.fma()) {
      throw new UnsupportedOperationException(
          "one of the JVMs has no hardware fused multiply-add: the bits may differ");
    }
    if (want.first(op).values().stream().allMatch(v -> v.startsWith(BitLine.NOT_OFFERED))) {
      throw new UnsupportedOperationException("the backend does not offer " + op);
    }
    Optional<BitLine> threw =
        got.lines().stream()
            .filter(l -> l.op().equals(op) && l.value().startsWith(BitLine.THREW))
            .findFirst();
    trial.require(threw.isEmpty(), () -> op + " " + threw.get().name() + " " + threw.get().value());
    Optional<String> difference = want.firstDifference(op, got);
    trial.require(difference.isEmpty(), difference::get);
  }

  /** What a JVM printed that runs {@code op}; each runs once, also if that ends in an exception. */
  Fingerprint fingerprint(Setting setting, String op) {
    List<String> run = op.equals(BitCases.LONG_OP) ? List.of(op) : ops;
    FutureTask<Fingerprint> one =
        known.computeIfAbsent(
            setting.name() + " " + run,
            k -> new FutureTask<>(() -> Fingerprint.of(backend, setting, run)));
    one.run();
    if (one.state() == Future.State.FAILED) {
      throw (RuntimeException) one.exceptionNow();
    }
    return one.resultNow();
  }
}
