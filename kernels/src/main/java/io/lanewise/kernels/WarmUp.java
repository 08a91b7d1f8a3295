package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;

/**
 * Brings the code of plans to the speed of compiled code before their first use. HotSpot interprets
 * a method first, where a vector operation takes a hundred times as long, and compiles it for good
 * only after thousands of calls or loops; a large convolution meanwhile takes seconds. A warm-up
 * calls the same code on shapes of the same kind with short sums and few pixels, until that is
 * compiled:
 *
 * <pre>{@code
 * WarmUpResult result = WarmUp.of(backend).add(conv).add(linear).run();
 * }</pre>
 *
 * <p>It runs on memory of its own, on the calling thread, and changes no result. Plans of which the
 * small runs are alike cost no more than one of them, and what is warm already takes some
 * milliseconds. Of pooling, activation and softmax the forward pass is warmed. Not for concurrent
 * use; another thread may prepare something else meanwhile, such as packing weights.
 */
public final class WarmUp {
  /** What {@link #run()} may take: several times what the 53 convolutions of ResNet-50 need. */
  public static final Duration BUDGET = Duration.ofSeconds(3);

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int TURN_RUNS = 8;
  private static final long TURN_NANOS = 10_000_000;
  private static final int LEAST_RUNS = 150; // some kernels are called once a run and loop
  private static final int LIGHT_RUNS =
      400; // or as often where it costs little: borders take few tiles
  private static final long LIGHT_NANOS = 300_000_000;
  private static final long QUIET_NANOS = 15_000_000;
  private static final int QUIET_SHARE = 16; // of the time so far
  private static final long STUCK_NANOS = 150_000_000; // the compiler may be busy with another one
  private static final int STUCK_SHARE = 3;

  private final Rehearsals rehearsals;

  private WarmUp(Backend backend) {
    this.rehearsals = new Rehearsals(backend);
  }

  /**
   * A warm-up of nothing yet.
   *
   * @param backend what made the plans
   */
  public static WarmUp of(Backend backend) {
    return new WarmUp(Objects.requireNonNull(backend, "backend"));
  }

  /** A convolution, with a bias and ReLU. */
  public WarmUp add(ConvForward plan) {
    return add(plan, Activation.relu(), false);
  }

  /**
   * A convolution as it will be run.
   *
   * @param activation fused into it
   * @param residual whether one is added
   */
  public WarmUp add(ConvForward plan, Activation activation, boolean residual) {
    rehearsals.add(plan, activation, residual);
    return this;
  }

  /** A convolution's input gradient. */
  public WarmUp add(ConvBackwardData plan) {
    rehearsals.add(plan);
    return this;
  }

  /** A convolution's weight gradient. */
  public WarmUp add(ConvBackwardWeights plan) {
    rehearsals.add(plan);
    return this;
  }

  /** A matrix product. */
  public WarmUp add(Gemm plan) {
    return add(plan, false);
  }

  /**
   * A matrix product.
   *
   * @param packed whether B will be packed beforehand
   */
  public WarmUp add(Gemm plan, boolean packed) {
    rehearsals.add(plan, packed);
    return this;
  }

  /** A fully connected layer. */
  public WarmUp add(LinearForward plan) {
    rehearsals.add(plan);
    return this;
  }

  /** A fully connected layer's input gradient. */
  public WarmUp add(LinearBackwardData plan) {
    rehearsals.add(plan);
    return this;
  }

  /** A fully connected layer's weight gradient. */
  public WarmUp add(LinearBackwardWeights plan) {
    rehearsals.add(plan);
    return this;
  }

  /** Max pooling's forward pass, with places. */
  public WarmUp add(MaxPool plan) {
    return add(plan, true);
  }

  /**
   * Max pooling's forward pass.
   *
   * @param places whether it will tell them
   */
  public WarmUp add(MaxPool plan, boolean places) {
    rehearsals.add(plan, places);
    return this;
  }

  /** Average pooling's forward pass. */
  public WarmUp add(AvgPool plan) {
    rehearsals.add(plan);
    return this;
  }

  /** A nonlinearity's forward pass. */
  public WarmUp add(ActivationOp op) {
    rehearsals.add(op);
    return this;
  }

  /** Softmax's forward pass. */
  public WarmUp add(Softmax op) {
    rehearsals.add(op);
    return this;
  }

  /** Softmax and cross-entropy's forward pass. */
  public WarmUp add(SoftmaxCrossEntropy op) {
    rehearsals.add(op);
    return this;
  }

  /** Runs for at most {@link #BUDGET}. */
  public WarmUpResult run() {
    return run(BUDGET);
  }

  /**
   * Runs until everything is as fast as compiled code and gets no faster, until what is slow has
   * not got faster for long (a backend that is never compiled to vectors), or until the time is up.
   *
   * @param budget the time, overrun by less than one small run
   * @throws IllegalArgumentException if it is negative
   */
  public WarmUpResult run(Duration budget) {
    return run(budget, Collections.emptyIterator());
  }

  /**
   * As {@link #run(Duration)}, with other work in between, a piece after each turn of a plan: while
   * the compiler is busy in its own thread, that is better than to run again what it compiles.
   *
   * @param meanwhile pieces of work, of which some may be left; their time does not count
   */
  public WarmUpResult run(Duration budget, Iterator<? extends Runnable> meanwhile) {
    if (budget.isNegative()) {
      throw new IllegalArgumentException("the budget must be at least 0, got " + budget);
    }
    Collection<Rehearsal> all = rehearsals.all();
    long nanos = budget.compareTo(LONGEST) < 0 ? budget.toNanos() : LONGEST.toNanos();
    long start = System.nanoTime();
    long gain = start;
    boolean done = all.isEmpty();
    while (!done) {
      for (Rehearsal r : all) {
        long turn = System.nanoTime();
        long now = turn;
        for (int i = 0; i < TURN_RUNS && now - turn < TURN_NANOS; i++) {
          if (now - start >= nanos) {
            return result(start, all);
          }
          boolean faster = r.play();
          now = System.nanoTime();
          gain = faster ? now : gain;
        }
        if (meanwhile.hasNext()) {
          meanwhile.next().run();
          long took = System.nanoTime() - now;
          start += took;
          gain += took;
        }
      }
      done = all.stream().allMatch(WarmUp::hasSettled) && isQuiet(start, gain, all);
    }
    return result(start, all);
  }

  private static boolean hasSettled(Rehearsal r) {
    return r.isDone()
        || r.runs() >= LIGHT_RUNS
        || (r.runs() >= LEAST_RUNS && r.nanos() >= LIGHT_NANOS);
  }

  /** True if nothing has got faster for long enough to believe that nothing will. */
  private static boolean isQuiet(long start, long gain, Collection<Rehearsal> all) {
    long now = System.nanoTime();
    long sofar = now - start;
    boolean allDone = all.stream().allMatch(Rehearsal::isDone);
    long wanted =
        allDone
            ? Math.max(QUIET_NANOS, sofar / QUIET_SHARE)
            : Math.max(STUCK_NANOS, sofar / STUCK_SHARE);
    return now - gain > wanted;
  }

  private static WarmUpResult result(long start, Collection<Rehearsal> all) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new WarmUpResult(took, all.stream().map(Rehearsal::result).toList());
  }
}
