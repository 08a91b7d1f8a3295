package io.lanewise.propertytests;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * One case in progress: hands out data, the same for the same seed, and takes the checks. Not for
 * concurrent use.
 */
public final class Trial {
  private static final double MOST_ZEROS = 0.95;
  private static final double EXACT = 1 << 24; // every whole number up to here is a float32

  private final SplittableRandom random;
  private final Parallel team;
  private final Patience patience;
  private double worst;
  private boolean checked;

  /**
   * Starts a case.
   *
   * @param team several workers, for laws about threads
   * @param patience of all cases of the law
   */
  Trial(long seed, Parallel team, Patience patience) {
    this.random = new SplittableRandom(seed);
    this.team = team;
    this.patience = patience;
  }

  /** More than one worker; shares even the least work. */
  public Parallel team() {
    return team;
  }

  /** The case's own source of chance. */
  public SplittableRandom random() {
    return random;
  }

  /** Whole numbers from -4 to 4 without 0: sums of their products are exact in float32. */
  public Tensor integers(Shape shape) {
    return fill(
        shape,
        () -> {
          int i = random.nextInt(-4, 4);
          return i < 0 ? i : i + 1;
        });
  }

  /** Values in [-1, 1). */
  public Tensor floats(Shape shape) {
    return fill(shape, () -> 2 * random.nextDouble() - 1);
  }

  /** Values of either sign whose size runs evenly through the exponents from 2^-20 to 2^20. */
  public Tensor wideRange(Shape shape) {
    return fill(
        shape,
        () -> {
          double mantissa = 1 + random.nextDouble();
          double value = Math.scalb(mantissa, random.nextInt(-20, 20));
          return random.nextBoolean() ? value : -value;
        });
  }

  private static Tensor fill(Shape shape, DoubleSupplier values) {
    Tensor t = Tensor.zeros(shape);
    float[] array = t.array();
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) values.getAsDouble();
    }
    return t;
  }

  /**
   * Refuses a case whose output is nearly all zeros: no check of it would mean anything. Call it on
   * the reference's result, not on what is checked.
   */
  public void requireAlive(Tensor output) {
    int zeros = 0;
    for (int i = 0; i < output.size(); i++) {
      if (at(output, i) == 0) {
        zeros++;
      }
    }
    if (zeros > MOST_ZEROS * output.size()) {
      throw new DeadCase(zeros + " of " + output.size() + " outputs are zero");
    }
  }

  /**
   * Refuses a case of whole numbers whose sums need not be exact in float32.
   *
   * @param greatest what no sum of magnitudes exceeds
   */
  public void requireExact(double greatest) {
    if (!(greatest <= EXACT)) {
      throw new DeadCase("sums of up to " + greatest + " are not exact in float32");
    }
  }

  /** Refuses a case whose data happen to lie where the law says nothing. */
  public void requireUseful(boolean useful, String otherwise) {
    if (!useful) {
      throw new DeadCase(otherwise);
    }
  }

  /** Equal as numbers, element by element; -0 is 0. */
  public void equal(String what, Tensor want, Tensor got) {
    checked = true;
    requireSameShape(what, want, got);
    for (int i = 0; i < want.size(); i++) {
      if (!(at(want, i) == at(got, i))) {
        throw different(what, want, got, i, "");
      }
    }
  }

  /** The same bits, element by element. */
  public void sameBits(String what, Tensor want, Tensor got) {
    checked = true;
    requireSameShape(what, want, got);
    for (int i = 0; i < want.size(); i++) {
      if (Float.floatToRawIntBits(at(want, i)) != Float.floatToRawIntBits(at(got, i))) {
        throw different(what, want, got, i, " to the bit");
      }
    }
  }

  /**
   * {@code |got - want| <= bound}, element by element; the worst share of the bound goes to the
   * report.
   *
   * @param bounds one an element, at least 0
   */
  public void within(String what, Tensor want, Tensor got, double[] bounds) {
    checked = true;
    requireSameShape(what, want, got);
    for (int i = 0; i < want.size(); i++) {
      double error = Math.abs((double) at(got, i) - at(want, i));
      if (!(error <= bounds[i])) {
        throw different(what, want, got, i, " within " + bounds[i]);
      }
      if (error > 0) {
        worst = Math.max(worst, error / bounds[i]);
      }
    }
  }

  /** {@code |got - want| <= bound}. */
  public void within(String what, double want, double got, double bound) {
    checked = true;
    double error = Math.abs(got - want);
    if (!(error <= bound)) {
      throw new LawViolation(what + ": expected " + want + " within " + bound + ", got " + got);
    }
    if (error > 0) {
      worst = Math.max(worst, error / bound);
    }
  }

  /** A condition that has to be true. */
  public void require(boolean holds, Supplier<String> otherwise) {
    checked = true;
    if (!holds) {
      throw new LawViolation(otherwise.get());
    }
  }

  /**
   * A condition that has to become true, such as what holds once code is compiled: tried again for
   * some seconds, which all cases of a law share.
   */
  public void eventually(BooleanSupplier holds, Supplier<String> otherwise) {
    require(patience.until(holds), otherwise);
  }

  /** What has to be refused: an IllegalArgumentException with a message. */
  public void refused(String what, Runnable run) {
    String got = "nothing was thrown";
    try {
      run.run();
    } catch (IllegalArgumentException e) {
      got = e.getMessage() == null || e.getMessage().isBlank() ? "it had no message" : "";
    } catch (UnsupportedOperationException e) {
      throw e; // not offered at all
    } catch (RuntimeException | AssertionError e) {
      got = "got " + e;
    }
    String wrong = got;
    require(wrong.isEmpty(), () -> what + ": expected an IllegalArgumentException, but " + wrong);
  }

  /** Greatest error so far, as a share of its bound. */
  double worst() {
    return worst;
  }

  /** True once anything was checked. */
  boolean checked() {
    return checked;
  }

  private static float at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }

  private static void requireSameShape(String what, Tensor want, Tensor got) {
    if (!want.shape().equals(got.shape())) {
      throw new LawViolation(
          what + ": expected shape " + want.shape() + ", got shape " + got.shape());
    }
  }

  private static LawViolation different(
      String what, Tensor want, Tensor got, int i, String precision) {
    return new LawViolation(
        what + " element " + i + ": expected " + at(want, i) + precision + ", got " + at(got, i));
  }
}
